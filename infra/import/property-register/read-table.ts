import { readFile } from 'node:fs/promises';

import { CsvError, parse, type Info } from 'csv-parse/sync';
import { readSheet, type CellValue } from 'read-excel-file/node';

import { ImportError } from '../import-error.ts';

/** A record of a table: its number after the header, the line of the file or row of the sheet, and its cells as texts. */
export type TableRow = { row: number; line: number; fields: string[] };
export type Table = { header: string[]; rows: TableRow[] };

/** UTF-8 with or without a mark, else GB18030, in which Excel saves a CSV on a Chinese system. */
function decoded(bytes: Buffer): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  throw new ImportError('ENCODING', { params: { byte: 0 } });
}

/** What an export put before a text so that no program takes it for a formula is no part of it. */
const unguarded = (text: string): string => text.trim().replace(/^'(?=[=+\-@])/, '');

function csvRows(text: string): TableRow[] {
  try {
    const options = { bom: true, info: true, relax_column_count: true } as const;
    const records = parse(text.replace(/\r\n?/g, '\n'), options) as unknown as { record: string[]; info: Info }[];
    return records.map(({ record, info }, row) => ({ row, line: info.lines, fields: record.map(unguarded) }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? String(error['lines']) : '?';
    throw new ImportError('QUOTES', { params: { line, code: error.code }, cause: error });
  }
}

const pad = (number: number): string => String(number).padStart(2, '0');

/** A cell of a sheet as it would stand in a CSV; a date cell has its day in UTC. */
function cellText(cell: CellValue | null): string {
  if (cell === null) return '';
  if (cell instanceof Date) return `${cell.getUTCFullYear()}-${pad(cell.getUTCMonth() + 1)}-${pad(cell.getUTCDate())}`;
  return unguarded(String(cell));
}

async function sheetRows(bytes: Buffer, path: string): Promise<TableRow[]> {
  try {
    const rows = await readSheet(bytes);
    return rows.map((cells, row) => ({ row, line: row + 1, fields: cells.map(cellText) }));
  } catch (cause) {
    throw new ImportError('SHEET_UNREADABLE', { params: { path }, cause });
  }
}

/** Reads a whole table: the first sheet of an `.xlsx`, or else a CSV. Rows without any text are left out. */
export async function readTable(path: string): Promise<Table> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new ImportError('FILE_UNREADABLE', { params: { path, code: cause.code ?? '' }, cause });
  });
  const all = path.toLowerCase().endsWith('.xlsx') ? await sheetRows(bytes, path) : csvRows(decoded(bytes));
  const [header, ...rows] = all.filter(({ fields }) => fields.some((field) => field !== ''));
  if (header === undefined) throw new ImportError('FILE_EMPTY', { params: { path } });
  return { header: header.fields, rows: rows.map((row, index) => ({ ...row, row: index })) };
}
