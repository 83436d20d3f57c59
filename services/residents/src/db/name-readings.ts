import { pinyin } from 'pinyin-pro';

const options = { toneType: 'none', type: 'array', v: true } as const;

/**
 * How a name is said: its syllables together and their initials, `zhangwei` and `zw`; a surname that is read in its own way
 * (单, 曾) also as the character is usually read. A name in Latin letters is its own reading.
 */
export function nameReadings(name: string): string[] {
  if (!/\p{Script=Han}/u.test(name)) {
    const words = name.toLowerCase().split(/[^\p{L}]+/u);
    return [...new Set([words.join(''), words.map((word) => word.charAt(0)).join('')])].filter(
      ({ length }) => length > 1,
    );
  }
  const ways = [pinyin(name, { ...options, surname: 'head' }), pinyin(name, options)];
  const readings = ways.flatMap((syllables) => [syllables.join(''), syllables.map((one) => one.charAt(0)).join('')]);
  return [...new Set(readings)].filter(({ length }) => length > 1);
}
