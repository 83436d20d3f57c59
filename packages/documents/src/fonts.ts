import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

/** The package exports the names of its fonts only; the files lie beside what it exports. */
const read = (weight: 'Regular' | 'Bold'): Buffer => {
  const folder = new URL('../fonts/', pathToFileURL(require.resolve('@embedpdf/fonts-sc')));
  return readFileSync(new URL(`NotoSansHans-${weight}.otf`, folder));
};

let fonts: { regular: Buffer; bold: Buffer } | undefined;

/** Noto Sans Hans, read at the first document: a process that prints nothing does not hold 17 MB of fonts. */
export const fontFiles = (): { regular: Buffer; bold: Buffer } =>
  (fonts ??= { regular: read('Regular'), bold: read('Bold') });
