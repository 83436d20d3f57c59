import { randomInt } from 'node:crypto';

/**
 * What every personal value of a run contains and nothing else in the world does, so that a few words find all of them:
 * a word of letters, and the first nine digits of phones and of identity numbers, of which no mask shows more than three.
 */
export type Markers = {
  word: string;
  phone: string;
  identity: string;
  /** Of values that are not said to be personal and sound so; where they lie in clear is told, and no failure. */
  suspect: string;
};

type Personal = Exclude<keyof Markers, 'suspect'>;

const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const digits = (count: number): string => Array.from({ length: count }, () => randomInt(10)).join('');

const newWord = (): string => Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('');

export const newMarkers = (): Markers => ({
  word: newWord(),
  suspect: newWord(),
  phone: `19${digits(7)}`,
  identity: `11010119${digits(6)}`,
});

/** A name, a text, a plate: what it was, and the word. */
export const marked = ({ word }: Markers, text: string): string => `${text}${word}`;

/** Numbers that differ by what follows the marker; the last digit of an identity number is its check. */
export function markedPhone({ phone }: Markers, serial: number): string {
  return `${phone}${String(serial % 100).padStart(2, '0')}`;
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

export function markedIdentity({ identity }: Markers, serial: number): string {
  const body = `${identity}${String(serial % 1_000).padStart(3, '0')}`;
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return `${body}${'10X98765432'[sum % 11] ?? ''}`;
}

/** The middle of a text's base64 at each of the three places where it may begin. */
const base64s = (bytes: Buffer): string[] =>
  [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const whole = Math.floor((offset + bytes.length) / 3) * 4;
    return text.slice(offset === 0 ? 0 : 4, whole);
  });

/** Each form in which a value might lie about: plain, wide, in base64 of either alphabet, in hexadecimal of either case. */
export function formsOf(marker: string): Buffer[] {
  const plain = Buffer.from(marker, 'utf8');
  const wide = Buffer.from(marker, 'utf16le');
  const swapped = Buffer.from(wide).swap16();
  const encoded = [plain, wide, swapped].flatMap(base64s);
  const texts = [
    ...encoded,
    ...encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    plain.toString('hex'),
    plain.toString('hex').toUpperCase(),
    [...marker].reverse().join(''),
    marker.toLowerCase(),
  ];
  const forms = [plain, wide, swapped, ...texts.map((text) => Buffer.from(text, 'latin1'))];
  return [...new Map(forms.map((form) => [form.toString('hex'), form])).values()];
}

/** Which markers a piece of data contains in any form. */
export const markersIn = (data: Buffer, markers: Markers): Personal[] =>
  (['word', 'phone', 'identity'] as const).filter((name) => formsOf(markers[name]).some((form) => data.includes(form)));

/** Numbers of the suspects that a text contains in clear. */
export const suspectsIn = (text: string, { suspect }: Markers): number[] => [
  ...new Set([...text.matchAll(new RegExp(`${suspect}(\\d+)\\.`, 'g'))].map(([, number]) => Number(number))),
];
