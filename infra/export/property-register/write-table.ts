import { writeFile } from 'node:fs/promises';

import writeExcel from 'write-excel-file/node';

/** A sheet of texts: its name, widths of its columns in characters, and its rows. */
export type Sheet = { name: string; widths: readonly number[]; rows: readonly (readonly string[])[] };

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

/**
 * What a spreadsheet would take for a formula gets an apostrophe in front: a name like `=HYPERLINK(...)` must stay a name.
 * The import takes it off again.
 */
export const guarded = (text: string): string => (/^[=+\-@\t\r]/.test(text) && !isNumber(text) ? `'${text}` : text);

const csvField = (text: string): string => {
  const safe = guarded(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** RFC 4180 with a byte-order mark, by which Excel knows UTF-8. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`;

/** Cells of a workbook are texts by their type, which no program calculates; so codes like `0501` keep their zeros. */
const sheetOf = ({ name, widths, rows }: Sheet) => ({
  sheet: name,
  columns: widths.map((width) => ({ width })),
  data: rows.map((row, index) =>
    row.map((value) => ({ value, type: String, ...(index === 0 ? { fontWeight: 'bold' as const } : {}) })),
  ),
  stickyRowsCount: 1,
});

/** Writes the first sheet as a CSV, or all of them as a workbook, by the end of the file's name. */
export async function writeTable(path: string, sheets: readonly [Sheet, ...Sheet[]]): Promise<void> {
  if (!path.toLowerCase().endsWith('.xlsx')) return writeFile(path, csvText(sheets[0].rows));
  await writeExcel(sheets.map(sheetOf)).toFile(path);
}
