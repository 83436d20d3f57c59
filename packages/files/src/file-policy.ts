/** What may be uploaded for one purpose of a service; a row of its table. */
export type FilePurpose = { contentTypes: readonly FileContentType[]; maxBytes: number };

/** Content types that can be recognised by their first bytes; a purpose cannot name another. */
export type FileContentType = keyof typeof signatures;

const mebibytes = (amount: number): number => amount * 1024 * 1024;

/** Minutes that an upload URL and a download URL are valid. */
export const uploadValidMinutes = 10;
export const downloadValidMinutes = 10;

/** Longest original file name that is kept, in characters. */
export const fileNameMaxLength = 200;

/** The purposes every service has; a service adds its own beside them. */
export const commonPurposes = {
  photo: { contentTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/heic'], maxBytes: mebibytes(10) },
  signature: { contentTypes: ['image/png', 'image/jpeg', 'image/webp'], maxBytes: mebibytes(1) },
  video: { contentTypes: ['video/mp4'], maxBytes: mebibytes(100) },
  document: { contentTypes: ['application/pdf', 'image/jpeg', 'image/png'], maxBytes: mebibytes(20) },
} as const satisfies Record<string, FilePurpose>;

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
type Mark = { at: number; bytes: readonly number[] };

/** First bytes by content type: any one list of marks has to match as a whole (the formats' own specifications). */
const signatures = {
  'image/jpeg': [[{ at: 0, bytes: [0xff, 0xd8, 0xff] }]],
  'image/png': [[{ at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] }]],
  'image/webp': [
    [
      { at: 0, bytes: ascii('RIFF') },
      { at: 8, bytes: ascii('WEBP') },
    ],
  ],
  'image/heic': ['heic', 'heix', 'mif1', 'msf1'].map((brand) => [{ at: 4, bytes: ascii(`ftyp${brand}`) }]),
  'video/mp4': ['isom', 'iso2', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'M4V '].map((brand) => [
    { at: 4, bytes: ascii(`ftyp${brand}`) },
  ]),
  'application/pdf': [[{ at: 0, bytes: ascii('%PDF-') }]],
} as const satisfies Record<string, readonly (readonly Mark[])[]>;

/** Endings under which a content type may be saved; the first one is added to a name that has none of them. */
const endings: Record<FileContentType, readonly [string, ...string[]]> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/heic': ['heic', 'heif'],
  'video/mp4': ['mp4', 'm4v'],
  'application/pdf': ['pdf'],
};

/** The name to save a file under: a picture called `page.html` must not be opened as a page. */
export function nameWithEnding(name: string, contentType: string): string {
  const allowed = isFileContentType(contentType) ? endings[contentType] : (['bin'] as const);
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return allowed.some((one) => one === ending) ? name : `${name}.${allowed[0]}`;
}

/** Bytes that have to be seen before a content type can be told. */
export const signatureLength = 12;

export const isFileContentType = (text: string): text is FileContentType => Object.hasOwn(signatures, text);

/** Whether the beginning of a file is one of its declared content type. */
export function matchesContentType(head: Uint8Array, contentType: string): boolean {
  if (!isFileContentType(contentType)) return false;
  const marks: readonly (readonly Mark[])[] = signatures[contentType];
  return marks.some((all) => all.every(({ at, bytes }) => bytes.every((byte, index) => head[at + index] === byte)));
}
