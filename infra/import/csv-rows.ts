import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';

import { CsvError, parse, type Info } from 'csv-parse';

import { ImportError } from './import-error.ts';

/** One record of a file: its number among the records after the header, the line it ends on, and its fields. */
export type CsvRow = { row: number; line: number; fields: string[] };

/** An opened file: what its header says, and its records as they are asked for. */
export type CsvFile = {
  header: string[];
  /** Records of another length than the header's keep theirs: that is an error of the row, not of the file. */
  rows: AsyncIterable<CsvRow>;
};

/** A record longer than this is an unclosed quote, not an address. */
const longestRecord = 256 * 1024;

/** Decodes strictly: a file in another encoding would otherwise enter with its letters replaced. */
async function* decoded(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let before = 0;
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw new ImportError('ENCODING', { params: { byte: before }, cause });
    }
  };
  for await (const chunk of bytes) {
    yield decode(chunk);
    before += chunk.byteLength;
  }
  yield decode();
}

/** Makes every line end with a line feed, so that lines are counted as an editor counts them. */
async function* withPlainLines(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const text of texts) {
    const whole = held + text;
    // A return at the very end may have its line feed in the next piece.
    held = whole.endsWith('\r') ? '\r' : '';
    yield whole.slice(0, whole.length - held.length).replace(/\r\n?/g, '\n');
  }
  if (held !== '') yield '\n';
}

async function* readable(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path)) yield chunk as Buffer;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    throw new ImportError('FILE_UNREADABLE', { params: { path, code }, cause });
  }
}

function importErrorOf(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const line = typeof error.lines === 'number' ? String(error.lines) : '?';
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new ImportError('RECORD_TOO_LONG', { params: { line } });
  }
  return new ImportError('QUOTES', { params: { line, code: error.code } });
}

type Parsed = { record: string[]; info: Info };

async function* parsed(path: string): AsyncGenerator<CsvRow> {
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
    record_delimiter: '\n',
  });
  // An error of the source destroys the parser with it, so the loop below meets both kinds.
  const source = pipeline(readable(path), decoded, withPlainLines, parser, () => undefined);
  let row = 0;
  try {
    for await (const { record, info } of source as AsyncIterable<Parsed>) {
      yield { row, line: info.lines, fields: record };
      row += 1;
    }
  } catch (error) {
    throw importErrorOf(error);
  }
}

/**
 * Opens a comma-separated file (RFC 4180; UTF-8 with or without a byte-order mark; any line ends) of any size: only
 * what is asked for is read, so memory stays flat.
 */
export async function openCsv(path: string): Promise<CsvFile> {
  const all = parsed(path);
  const first = await all.next();
  if (first.done === true) throw new ImportError('FILE_EMPTY', { params: { path } });
  return { header: first.value.fields.map((name) => name.trim()), rows: all };
}

const same = (a: string) => (b: string) => a.toLowerCase() === b.toLowerCase();

/** The columns of a header that are not among the known ones. */
export const unknownColumns = (header: readonly string[], known: readonly string[]): string[] =>
  header.filter((column) => !known.some(same(column)));

/** Turns the records of one header into objects of the wanted columns, which may stand in any order and case. */
export function columnReader<C extends string>(
  header: readonly string[],
  wanted: readonly C[],
): { read(fields: readonly string[]): Record<C, string> | null } {
  const missing = wanted.filter((column) => !header.some(same(column)));
  if (missing.length > 0) {
    throw new ImportError('HEADER_COLUMNS_MISSING', { params: { columns: missing.join(', ') } });
  }
  const repeated = wanted.filter((column) => header.filter(same(column)).length > 1);
  if (repeated.length > 0) {
    throw new ImportError('HEADER_COLUMNS_REPEATED', { params: { columns: repeated.join(', ') } });
  }
  const places = wanted.map((column): [C, number] => [column, header.findIndex(same(column))]);
  return {
    read: (fields) =>
      fields.length === header.length
        ? (Object.fromEntries(places.map(([column, at]) => [column, (fields[at] ?? '').trim()])) as Record<C, string>)
        : null,
  };
}
