/** By what a caller can be found. */
export type CallerKeyKind = 'NUMBER' | 'PLATE' | 'PHONE' | 'ROOM' | 'NAME' | 'PHONE_TAIL' | 'PINYIN';

/** Something to search by, in the one form in which it is kept and asked for. */
export type CallerKey = { kind: CallerKeyKind; text: string };

/** What the desk should see first: the surer the key, the higher. */
export const callerKeyOrder: readonly CallerKeyKind[] = [
  'NUMBER',
  'PLATE',
  'PHONE',
  'ROOM',
  'NAME',
  'PHONE_TAIL',
  'PINYIN',
];

/** Kinds that tell something about a person: they are kept and searched as keyed hashes alone. */
export const personalKinds: ReadonlySet<CallerKeyKind> = new Set(['PLATE', 'PHONE', 'NAME', 'PHONE_TAIL', 'PINYIN']);

/** Nobody types more to find a caller; what is longer is not searched for. */
const longestText = 60;

const han = /\p{Script=Han}/u;

const digits: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** `十二` is 12 and `五零一` is 501: counted below a hundred, else said digit by digit. */
function chineseNumber(words: string): string {
  const tens = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/.exec(words);
  if (tens !== null) return String((digits[tens[1] ?? '一'] ?? 1) * 10 + (digits[tens[2] ?? '零'] ?? 0));
  return [...words].map((word) => digits[word] ?? word).join('');
}

/** Full-width characters become ordinary ones, and words for numbers become digits. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .replace(/[零〇一二两三四五六七八九十]+/gu, chineseNumber);

/** What stands between the parts of an address: 栋 and its like, hyphens of every width, slashes, blanks. */
const between = /(?:号楼|单元|栋|幢|座|楼|室|号|房|BUILDING|UNIT|FLAT|ROOM|[-–—－#/\\.,，、\s])+/gu;

/** The parts of an address as people say them: `3栋2单元501室` and `3-2-501` are both 3, 2, 501; null if it is none. */
export function roomParts(text: string): string[] | null {
  const parts = plain(text)
    .split(between)
    .filter((part) => part !== '');
  const isAddress = parts.length > 0 && parts.length <= 6 && parts.every((part) => /^[A-Z0-9]{1,8}$/.test(part));
  return isAddress && parts.some((part) => /\d/.test(part)) ? parts : null;
}

const room = (parts: readonly string[]): CallerKey => ({ kind: 'ROOM', text: parts.join('/') });

/** A unit by its whole path, without the section that people leave out (`3-501`), and by its own number alone. */
export function roomKeys(path: string): CallerKey[] {
  const parts = path.split('/').map((code) => roomParts(code)?.join('') ?? code);
  const ways = [parts, [parts.at(0) ?? '', parts.at(-1) ?? ''], [parts.at(-1) ?? '']];
  return ways.slice(parts.length > 1 ? 0 : 2).map(room);
}

/** `WX-20260301-0042` however it is typed. */
export const numberKey = (number: string): CallerKey => ({
  kind: 'NUMBER',
  text: number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, ''),
});

/** A name without the blanks and points that some write in it. */
export const nameKey = (name: string): CallerKey => ({
  kind: 'NAME',
  text: name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·.]/g, ''),
});

/** `ü` is typed as v; blanks, apostrophes and hyphens between syllables do not count. */
export const pinyinKey = (sounds: string): CallerKey => ({
  kind: 'PINYIN',
  text: sounds
    .normalize('NFKC')
    .toLowerCase()
    .replace(/ü/g, 'v')
    .replace(/[^a-z]/g, ''),
});

/** The form of a phone that is searched: without spaces, hyphens and China's own country code. */
const phoneText = (phone: string): string =>
  phone
    .normalize('NFKC')
    .replace(/[\s-]/g, '')
    .replace(/^\+86(?=1)/, '');

export function phoneKeys(phone: string): CallerKey[] {
  const text = phoneText(phone);
  const tail = text.length > 4 ? [{ kind: 'PHONE_TAIL' as const, text: text.slice(-4) }] : [];
  return [{ kind: 'PHONE', text }, ...tail];
}

const plateText = (plate: string): string =>
  plate
    .normalize('NFKC')
    .replace(/[\s·.-]/g, '')
    .toUpperCase();

/** A plate whole, and without the character of its province, which callers leave out. */
export function plateKeys(plate: string): CallerKey[] {
  const text = plateText(plate);
  const short = text.replace(/^\p{Script=Han}/u, '');
  return [...new Set([text, short])].map((one) => ({ kind: 'PLATE', text: one }));
}

const tests: readonly { fits(text: string): boolean; key(text: string): CallerKey }[] = [
  { fits: (text) => /^[A-Za-z]{1,8}-?\d{8}-?\d{1,8}$/.test(text), key: numberKey },
  {
    fits: (text) => /^\p{Script=Han}?[A-Z][A-Z0-9]{4,7}[\p{Script=Han}]?$/u.test(plateText(text)),
    key: (text) => ({ kind: 'PLATE', text: plateText(text) }),
  },
  {
    fits: (text) => /^\+?\d{7,20}$/.test(phoneText(text)),
    key: (text) => ({ kind: 'PHONE', text: phoneText(text) }),
  },
  { fits: (text) => roomParts(text) !== null, key: (text) => room(roomParts(text) ?? []) },
  { fits: (text) => han.test(text) || /^[\p{L}][\p{L}\s·.'-]+$/u.test(text), key: nameKey },
  { fits: (text) => /^\d{4}$/.test(text), key: (text) => ({ kind: 'PHONE_TAIL', text }) },
  { fits: (text) => /^[A-Za-zü][A-Za-zü\s'-]+$/.test(text), key: pinyinKey },
];

/** Everything that a text typed by the desk could mean. */
export function askedKeys(typed: string): CallerKey[] {
  const text = typed.normalize('NFKC').trim();
  if (text.length > longestText) return [];
  return tests.filter(({ fits }) => fits(text)).map(({ key }) => key(text));
}
