import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { columnReader, openCsv, unknownColumns } from '../csv-rows.ts';
import { ImportError, type ImportFailure } from '../import-error.ts';
import { realFile, scratchDirectory, type Scratch } from './csv-file.ts';

let scratch: Scratch;
beforeAll(async () => {
  scratch = await scratchDirectory();
});
afterAll(() => scratch.remove());

type Read = { header: string[]; records: string[][]; lines: number[] };

async function readPath(path: string): Promise<Read> {
  const file = await openCsv(path);
  const read: Read = { header: file.header, records: [], lines: [] };
  for await (const { fields, line } of file.rows) {
    read.records.push(fields);
    read.lines.push(line);
  }
  return read;
}

const readText = async (content: string | Buffer): Promise<Read> => readPath(await scratch.write(content));

async function failureOf(work: Promise<unknown>): Promise<ImportFailure | undefined> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ImportError);
  return (error as ImportError).reason;
}

describe('openCsv', () => {
  it('reads the real export', async () => {
    const { header, records } = await readPath(realFile);
    expect([header.length, records.length]).toEqual([41, 1000]);
    expect(records.every((record) => record.length === 41)).toBe(true);
  });

  it.each([
    ['a byte-order mark', '\uFEFFa,b\n1,2\n'],
    ['CRLF', 'a,b\r\n1,2\r\n'],
    ['CR', 'a,b\r1,2\r'],
    ['no end of the last line', 'a,b\n1,2'],
    ['empty lines', 'a,b\n\n1,2\n\n\n'],
    ['spaces around column names', ' a , b\n1,2\n'],
  ])('takes %s', async (_name, content) => {
    expect(await readText(content)).toMatchObject({ header: ['a', 'b'], records: [['1', '2']] });
  });

  it('takes line ends, quotes and commas inside quotes, and counts lines as an editor does', async () => {
    const { records, lines } = await readText('a,b\r\n"one\r\ntwo","say ""hi"", then"\r\n3,水\r\n');
    expect(records).toEqual([
      ['one\ntwo', 'say "hi", then'],
      ['3', '水'],
    ]);
    expect(lines).toEqual([3, 4]);
  });

  it('hands on records of another length', async () => {
    expect((await readText('a,b\n1\n1,2,3\n')).records).toEqual([['1'], ['1', '2', '3']]);
  });

  it('takes a file with a header only', async () => {
    expect((await readText('a,b\n')).records).toEqual([]);
  });

  it.each<[ImportFailure, string, string | Buffer]>([
    ['FILE_EMPTY', 'nothing in it', ''],
    ['FILE_EMPTY', 'empty lines only', '\n\n'],
    ['ENCODING', 'Latin-1 letters', Buffer.from('a,b\nCaf\u00e9,2\n', 'latin1')],
    ['ENCODING', 'UTF-16', Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le')],
    ['ENCODING', 'a letter cut off at the end', Buffer.from('a,b\n1,水\n').subarray(0, -2)],
    ['QUOTES', 'a quote in the middle of a field', 'a,b\n1,x"y\n'],
    ['QUOTES', 'text after a closing quote', 'a,b\n1,"x"y\n'],
    ['QUOTES', 'a quote left open at the end', 'a,b\n1,"x\n'],
    ['RECORD_TOO_LONG', 'a quote left open in a long file', `a,b\n1,"x\n${'1,2\n'.repeat(200_000)}`],
  ])('fails with %s for %s', async (reason, _name, content) => {
    expect(await failureOf(readText(content))).toBe(reason);
  });

  it('fails with FILE_UNREADABLE for what is not there or not a file', async () => {
    expect(await failureOf(openCsv('/nowhere/file.csv'))).toBe('FILE_UNREADABLE');
    expect(await failureOf(openCsv(new URL('.', import.meta.url).pathname))).toBe('FILE_UNREADABLE');
  });

  it('reads no further than it is asked to: memory does not grow with the file', async () => {
    const path = await scratch.write('a,b\n');
    const stream = createWriteStream(path, { flags: 'a' });
    for (let block = 0; block < 40; block += 1) {
      if (!stream.write(`${block},${'x'.repeat(1000)}\n`.repeat(1000))) await once(stream, 'drain');
    }
    stream.end(Buffer.from([0xff]));
    await once(stream, 'close');
    const file = await openCsv(path);
    const rows = file.rows[Symbol.asyncIterator]();
    await rows.next();
    // The broken byte stands behind 40 MB: it would have been met if the file had been read ahead.
    expect((await rows.next()).value).toMatchObject({ row: 2 });
    await rows.return?.();
  });
});

describe('columnReader', () => {
  it('finds columns in any order and case and trims fields', () => {
    const { read } = columnReader(['CITY', 'unique key', 'More'], ['Unique Key', 'City']);
    expect(read([' Bronx ', '7', 'x'])).toEqual({ 'Unique Key': '7', City: 'Bronx' });
  });

  it('reads nothing from a record of another length', () => {
    expect(columnReader(['a', 'b'], ['a']).read(['1'])).toBeNull();
  });

  it('names all missing columns, and repeated ones', () => {
    expect(() => columnReader(['b'], ['a', 'b', 'c'])).toThrow(
      new ImportError('HEADER_COLUMNS_MISSING', { params: { columns: 'a, c' } }),
    );
    expect(() => columnReader(['a', 'A'], ['a'])).toThrow('more than one column a');
  });

  it('knows which columns nobody knows', () => {
    expect(unknownColumns(['a', 'B', 'c'], ['A', 'b'])).toEqual(['c']);
  });
});
