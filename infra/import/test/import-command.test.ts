import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { openCsv } from '../csv-rows.ts';
import { importCommand } from '../import-command.ts';
import type { ImportKind } from '../import-kind.ts';
import { ImportReport, type ImportSummary } from '../import-report.ts';
import { batchesUnderWay, runImport } from '../run-import.ts';
import { localeOfTerminal } from '../texts.ts';
import { aRequest, csvLine, csvOf, headerLine, realFile, scratchDirectory, type Scratch } from './csv-file.ts';
import { startFakeGateway, type FakeGateway } from './fake-gateway.ts';

let scratch: Scratch;
let gateway: FakeGateway;
beforeAll(async () => {
  scratch = await scratchDirectory();
  process.env['STEWARD_TOKEN'] = 'a-token';
  process.env['LC_ALL'] = 'C.UTF-8';
});
beforeEach(async () => {
  gateway = await startFakeGateway();
});
afterEach(() => gateway.stop());
afterAll(() => scratch.remove());

type Run = { code: number; said: string[]; printed: string; summary: ImportSummary };

async function run(file: string, ...more: string[]): Promise<Run> {
  const [said, printed]: [string[], string[]] = [[], []];
  const output = { say: (line: string) => void said.push(line), print: (text: string) => void printed.push(text) };
  const args = ['service-requests', file, '--gateway', gateway.url, '--json', ...more];
  const code = await importCommand(args, output);
  return { code, said, printed: printed.join('\n'), summary: JSON.parse(printed[0] ?? '{}') as ImportSummary };
}

const runText = async (content: string | Buffer, ...more: string[]): Promise<Run> =>
  run(await scratch.write(content), ...more);

describe('the real export', () => {
  it('enters through the gateway once: a second import adds nothing', async () => {
    const first = await run(realFile);
    expect(first).toMatchObject({
      code: 0,
      summary: { rows: 1000, added: 999, addedAs: { WorkOrder: 158, Complaint: 841 }, known: 0, failed: {} },
    });
    expect(first.summary.stoppedBy).toBeNull();
    expect(first.summary.skipped).toEqual({ NOT_A_REPAIR: { 'HPD Literature Request': 1 } });
    expect(first.summary.warnings).toEqual({ CLOSED_BEFORE_CREATED: 10 });
    const second = await run(realFile);
    expect(second).toMatchObject({ code: 0, summary: { rows: 1000, added: 0, known: 999 } });
    expect([gateway.workOrders.size, gateway.complaints.size]).toEqual([158, 841]);
    expect(gateway.communities).toMatchObject([{ code: 'NYC-311', timeZone: 'America/New_York' }]);
    expect(gateway.places.size).toBeGreaterThan(142);
    expect(gateway.tokens).toEqual(new Set(['Bearer a-token']));
  });

  it('is only looked at in a dry run', async () => {
    const { code, summary } = await run(realFile, '--dry-run');
    expect([code, summary.ready, summary.added]).toEqual([0, 999, 0]);
    expect(gateway.tokens.size).toBe(0);
  });

  it('ends with a table for people', async () => {
    const printed: string[] = [];
    const args = ['service-requests', realFile, '--gateway', gateway.url];
    await importCommand(args, { say: () => undefined, print: (text) => void printed.push(text) });
    expect(printed[0]).toMatch(/^rows read +1000$/m);
    expect(printed[0]).toMatch(/^added +999$/m);
    expect(printed[0]).toMatch(/by type +Complaint 841 · WorkOrder 158/);
  });
});

describe('rows that fail', () => {
  it('are named with row, line, key and reason; the others are taken', async () => {
    const good = aRequest();
    const lines = [
      headerLine,
      csvLine(good),
      'only,three,fields',
      csvLine(aRequest({ 'Unique Key': 'abc' })),
      csvLine(aRequest({ 'Unique Key': good['Unique Key'] })),
      csvLine(aRequest({ 'Unique Key': '7', 'Created Date': 'today', Descriptor: 'two\nlines' })),
      csvLine(aRequest({ 'Unique Key': '8', 'Incident Address': 'REFUSED STREET 1' })),
      csvLine(aRequest()),
    ];
    const { code, summary, said } = await runText(lines.join('\n'));
    expect([code, summary.added]).toEqual([1, 2]);
    expect(summary.errors.map(({ row, line, key, reason }) => [row, line, key, reason])).toEqual([
      [2, 3, '', 'FIELD_COUNT'],
      [3, 4, 'abc', 'KEY_MALFORMED'],
      [4, 5, good['Unique Key'], 'KEY_REPEATED'],
      [5, 7, '7', 'TIME_UNREADABLE'],
      [6, 8, '8', 'CODE_MALFORMED'],
    ]);
    expect(summary.failed).toMatchObject({ FIELD_COUNT: 1, KEY_REPEATED: 1, CODE_MALFORMED: 1 });
    expect(said).toContain('row 2 (line 3): FIELD_COUNT: 3 fields instead of 18');
  });

  it('points out unknown columns and ignores them', async () => {
    const { code, said } = await runText(`${headerLine},Mood\n${csvLine(aRequest())},fine\n`);
    expect(code).toBe(0);
    expect(said).toContain('Unknown columns are ignored: Mood');
  });
});

describe('a file that cannot be imported', () => {
  it.each([
    ['HEADER_COLUMNS_MISSING', 'Unique Key,Agency\n1,HPD\n'],
    ['HEADER_COLUMNS_REPEATED', `${headerLine},agency\n`],
    ['FILE_EMPTY', ''],
    ['ENCODING', Buffer.from(`${headerLine}\n\xe9`, 'latin1')],
  ])('ends with %s before anything is entered', async (reason, content) => {
    const { code, said } = await runText(content);
    expect(code).toBe(2);
    expect(said.join('\n')).toContain(`${reason}: `);
    expect(gateway.workOrders.size).toBe(0);
  });

  it('keeps what was read before it breaks off, and the summary says where', async () => {
    const before = csvOf(...Array.from({ length: 1_300 }, () => aRequest()));
    const { code, summary } = await runText(`${before}1,"x"y\n`);
    expect(code).toBe(2);
    expect(summary.stoppedBy).toMatchObject({ reason: 'QUOTES', message: expect.stringContaining('line 1302') });
    expect(summary.added).toBeGreaterThan(500);
    expect(summary.added).toBe(summary.rows);
  });

  it.each([
    [[], 'Usage: npm run import'],
    [['service-requests'], 'A kind and a file are needed'],
    [['service-requests', 'a', 'b'], 'A kind and a file are needed'],
    [['service-requests', 'a', '--fast'], '--fast'],
    [['service-requests', 'a', '--tenant', 'c'], 'no demo company "c"'],
    [['service-requests', 'a', '--locale', 'fr'], 'no language "fr"'],
    [['meters', 'a'], 'There is no kind "meters"; there are: property-register, service-requests.'],
    [['../main', 'a'], 'There is no kind'],
    [['service-requests', '/nowhere.csv'], 'FILE_UNREADABLE'],
  ])('%j: %s', async (args, text) => {
    const said: string[] = [];
    const code = await importCommand(args, { say: (line) => void said.push(line), print: () => undefined });
    expect(code).toBe(2);
    expect(said.join('\n')).toContain(text);
  });
});

describe('in Chinese', () => {
  const inChinese = (content: string | Buffer): Promise<Run> => runText(content, '--locale', 'zh-CN');

  it.each([
    ['HEADER_COLUMNS_MISSING: 表头缺少列：Created Date, Closed Date, Agency', 'Unique Key\n1\n'],
    ['HEADER_COLUMNS_REPEATED: 表头中有重复的列：Agency。', `${headerLine},agency\n`],
    ['FILE_EMPTY: 文件', ''],
    ['ENCODING: 无法读取文件：编码不是 UTF-8', Buffer.from(`${headerLine}\n\xe9`, 'latin1')],
    ['QUOTES: 第 2 行附近的引号不符合 CSV 格式', `${headerLine}\n1,"x"y\n`],
  ])('a bad file ends with %s', async (text, content) => {
    const { code, said } = await inChinese(content);
    expect(code).toBe(2);
    expect(said.join('\n')).toContain(text);
  });

  it('names failed rows, with the refusals of the services in that language', async () => {
    const rows = [aRequest({ 'Unique Key': 'abc' }), aRequest({ 'Unique Key': '7', 'Created Date': 'today' })];
    const { said } = await inChinese(csvOf(...rows, aRequest({ 'Unique Key': '8' })));
    expect(said).toContain('第 1 条（第 2 行，编号 abc）：KEY_MALFORMED：Unique Key 不是整数');
    expect(said).toContain(
      '第 2 条（第 3 行，编号 7）：TIME_UNREADABLE：Created Date“today”不是形如 06/26/2018 12:50:01 PM 的时间',
    );
    expect(gateway.languages).toEqual(new Set(['zh-CN']));
  });

  it('ends with a table for people', async () => {
    const printed: string[] = [];
    const args = ['service-requests', realFile, '--gateway', gateway.url, '--dry-run', '--locale', 'zh-CN'];
    await importCommand(args, { say: () => undefined, print: (text) => void printed.push(text) });
    expect(printed[0]).toMatch(/^读取 +1000$/m);
    expect(printed[0]).toMatch(/^将发送 +999$/m);
  });

  it('is what a terminal set to Chinese gets without asking', () => {
    expect(localeOfTerminal({ LANG: 'zh_CN.UTF-8' })).toBe('zh-CN');
    expect(localeOfTerminal({ LANG: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' })).toBe('en');
    expect(localeOfTerminal({})).toBe('en');
  });
});

describe('a platform that is busy with itself', () => {
  it('is asked again about rows whose building the work orders have not heard of', async () => {
    gateway.deafOffers = 3;
    const { code, summary } = await runText(
      csvOf(aRequest(), aRequest(), aRequest({ 'Incident Address': '1 FIRST AVENUE' })),
    );
    // One row asks until its building is known; only then are the others sent.
    expect([code, summary.added, gateway.batches]).toEqual([0, 3, [1, 1, 1, 1, 2]]);
  });

  it('offers each service the row of the newest building among its own', async () => {
    const [first, second] = [{ 'Incident Address': '1 FIRST AVENUE' }, { 'Incident Address': '2 SECOND AVENUE' }];
    gateway.deafOffers = 2;
    const other = { Agency: 'NYPD', 'Complaint Type': 'Noise' };
    const rows = [aRequest(first), aRequest({ ...other, ...second }), aRequest({ ...other, ...second })];
    expect(await runText(csvOf(...rows))).toMatchObject({
      code: 0,
      summary: { added: 3, addedAs: { WorkOrder: 1, Complaint: 2 } },
    });
  });

  it('is asked again while the work orders have not heard of the community', async () => {
    const unknown = { code: 'BAD_USER_INPUT', reason: 'COMMUNITY_UNKNOWN' };
    gateway.workOrderErrors = [unknown, unknown];
    expect(await runText(csvOf(aRequest()))).toMatchObject({ code: 0, summary: { added: 1 } });
  });

  it('is asked again when it does not answer', async () => {
    const unavailable = { errors: [{ message: 'down', extensions: { code: 'UNAVAILABLE' } }] };
    gateway.answerInstead = [
      { status: 503, body: 'no' },
      { status: 429, body: '' },
      { status: 200, body: JSON.stringify(unavailable) },
    ];
    expect(await runText(csvOf(aRequest()))).toMatchObject({ code: 0, summary: { added: 1 } });
  });

  it.each([
    ['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'UNAUTHENTICATED'],
    ['FORBIDDEN', 'ACCESS_DENIED', 'REFUSED'],
    ['INTERNAL', 'INTERNAL', 'REFUSED'],
  ])('ends the import when it answers %s', async (code, reason, stoppedBy) => {
    const answer = { errors: [{ message: 'no', extensions: { code, reason } }] };
    gateway.answerInstead = [{ status: 200, body: JSON.stringify(answer) }];
    const { code: exit, summary } = await runText(csvOf(aRequest()));
    expect([exit, summary.stoppedBy?.reason]).toEqual([2, stoppedBy]);
    expect(summary.stoppedBy?.message).toContain(reason);
  });

  it('ends the import when something else answers', async () => {
    gateway.answerInstead = [{ status: 404, body: '<html>' }];
    expect((await runText(csvOf(aRequest()))).summary.stoppedBy?.message).toContain('answered 404 and no GraphQL');
  });
});

describe('many rows', () => {
  it('are sent 500 at a time', async () => {
    const { summary } = await runText(csvOf(...Array.from({ length: 1_201 }, () => aRequest())));
    expect(summary.added).toBe(1_201);
    // One row of the first batch has asked whether the building is known.
    expect(gateway.batches).toEqual([1, 499, 500, 201]);
  });

  it('are read no faster than they are taken', async () => {
    const file = await openCsv(await scratch.write(csvOf(...Array.from({ length: 500 }, () => aRequest()))));
    let read = 0;
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const rows = (async function* () {
      for await (const row of file.rows) {
        read += 1;
        yield row;
      }
    })();
    const kind: ImportKind<number> = {
      description: '',
      columns: ['Unique Key'],
      unusedColumns: [],
      keyColumn: 'Unique Key',
      batchSize: 10,
      prepare: () => ({ send: 1, warnings: [] }),
      open: async () => ({ send: (items) => gate.then(() => items.map(() => ({ outcome: 'added', as: 'Number' }))) }),
    };
    const report = new ImportReport({ kind: 'x', file: 'x', isDryRun: false, ignoredColumns: [] });
    const done = runImport(kind, { header: file.header, rows }, report, () => Promise.reject(new Error('unused')));
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    // What is under way and one batch that is full: that is all that may be in memory.
    expect(read).toBe((batchesUnderWay + 1) * 10);
    open();
    await done;
    expect(report.summary()).toMatchObject({ rows: 500, added: 500 });
  });
});
