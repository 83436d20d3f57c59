import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId, type Locale } from '@steward/core';
import { definition } from '@steward/residents';
import { aStaffViewer, startTestService, type TestService } from '@steward/test-kit';

import { exportRegister } from '../../export/property-register/export-register.ts';
import { guarded, writeTable } from '../../export/property-register/write-table.ts';
import { exportKind } from '../../export/kinds.ts';
import { importCommand } from '../import-command.ts';
import { ImportError } from '../import-error.ts';
import { ImportReport, type ImportSummary } from '../import-report.ts';
import { kind } from '../kinds/property-register.ts';
import { columnNames, columns } from '../property-register/columns.ts';
import { readTable } from '../property-register/read-table.ts';
import { dayOf, registerReader } from '../property-register/register-row.ts';

let service: TestService;
let director: Viewer;
let directory: string;
const tenantId = newId();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'steward-register-'));
  service = await startTestService(definition);
  director = aStaffViewer({ roles: ['director'], tenantId, communityIds: 'all' });
  const register = `mutation ($input: RegisterCompanyInput!) { registerCompany(input: $input) { company { id } } }`;
  await service.ok(director, register, { input: { name: '安居物业' } });
  for (const code of ['A', 'B']) await aCommunity(code);
});
afterAll(async () => {
  await service?.stop();
  await rm(directory, { recursive: true, force: true });
});

async function aCommunity(code: string): Promise<string> {
  const document = `mutation ($input: RegisterCommunityInput!) { registerCommunity(input: $input) { community { id } } }`;
  const input = { code, name: '锦绣花园' };
  return (await service.ok<{ registerCommunity: { community: { id: string } } }>(director, document, { input }))
    .registerCommunity.community.id;
}

/** The service itself, as a gateway passes operations on to it. */
const clientOf =
  (viewer: Viewer, locale: Locale = 'en') =>
  async <D>(query: string, variables: Record<string, unknown>): Promise<D> => {
    const { data, errors } = await service.graphql<D>(viewer, query, variables, locale);
    const [error] = errors ?? [];
    if (error === undefined) return data;
    throw new ImportError('REFUSED', {
      text: 'GATEWAY_ANSWERED',
      params: { reason: error.extensions.reason, message: error.message, where: '' },
      refusals: [error.extensions.reason],
    });
  };

const run = async (
  path: string,
  { community = 'A', locale = 'en', viewer = director }: { community?: string; locale?: Locale; viewer?: Viewer } = {},
): Promise<ImportSummary> => {
  const opened = await kind.open(path, { community, locale });
  const about = { kind: 'property-register', file: path, isDryRun: false, ignoredColumns: opened.ignoredColumns };
  const report = new ImportReport(about, { locale });
  await opened.run(report, clientOf(viewer, locale));
  return report.summary();
};

const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
};

const options = { locale: 'en' as Locale, community: 'A', person: undefined, reason: undefined };

const chinese = `楼栋,单元,房号,用途,建筑面积,楼层,交付日期,住户编号,产权关系,姓名,电话,证件号,身份,备注
3,2,501,住宅,88.5,5,2020年5月1日,H-1,自有,张伟,13800110022,110105194912310021,业主,x
3,2,501,住宅,88.5,5,2020年5月1日,H-1,自有,李娜,,,家属,
3,2,502,,,,2020/5/1,H-1,自有,,,,,
3,,S1,商铺,,-1,,,,,,,,
`;

describe('npm run import -- property-register', () => {
  it('enters places, households and members of a Chinese CSV, and adds nothing the second time', async () => {
    const path = await file('register.csv', chinese);
    expect(await run(path)).toMatchObject({
      rows: 4,
      added: 4,
      addedAs: { Household: 3, Unit: 1 },
      known: 0,
      failed: {},
      ignoredColumns: ['备注'],
    });
    const counts = await service.sql<{ of: string; count: number }>(
      `select 'place' as of, count(*)::int from place union all select 'household', count(*)::int from household
       union all select 'person', count(*)::int from person union all
       select 'membership', count(*)::int from household_membership order by 1`,
    );
    expect(Object.fromEntries(counts.map(({ of, count }) => [of, count]))).toEqual({
      household: 1,
      membership: 2,
      person: 2,
      place: 5,
    });
    expect(await run(path)).toMatchObject({ rows: 4, added: 0, known: 4, failed: {} });
    const [told] = await service.sql<{ facts: number }>(
      `select count(*)::int as facts from outbox where type like '%.registered.v1'`,
    );
    // Company, two communities, five places, two persons, one household.
    expect(told?.facts).toBe(11);
  });

  it('reads English headers in any order, a file of Excel in GB18030, and a workbook, into the same register', async () => {
    const english = 'Unit,Building,Household,Held from,Name,Role\n101,E1,EN-1,2021.3.1,John Smith,owner\n';
    expect(await run(await file('english.csv', english))).toMatchObject({ added: 1, failed: {} });
    // 楼栋,房号 and 九,101 in GB18030.
    const gb = Buffer.from([
      0xc2, 0xa5, 0xb6, 0xb0, 0x2c, 0xb7, 0xbf, 0xba, 0xc5, 0x0d, 0x0a, 0xbe, 0xc5, 0x2c, 0x31, 0x30, 0x31, 0x0d, 0x0a,
    ]);
    expect(await run(await file('gb.csv', gb))).toMatchObject({ added: 1, failed: {} });
    expect(await service.sql(`select 1 from place where number = '九/101'`)).toHaveLength(1);
    const path = join(directory, 'register.xlsx');
    const rows = chinese
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    await writeTable(path, [{ name: '登记', widths: [], rows }]);
    expect(await run(path)).toMatchObject({ rows: 4, added: 0, known: 4, failed: {} });
  });

  it('tells of each row what is wrong with it, and takes the others', async () => {
    const path = await file(
      'wrong.csv',
      `楼栋,单元,房号,用途,建筑面积,住户编号,持有起始日,姓名,电话
,,,,,,,,x
W1,,101,别墅,大,,,,
W1,,102,,,W-1,昨天,王芳,
W1,,103,,,W-2,2020-01-01,王芳,电话
W1,,103,,,W-2,2020-01-01,李四,
W1,,104,,,W-3,2020-01-01,赵六,
W1,,105,,,,,孤名,
W1,,106/1,,,,,,
`,
    );
    const summary = await run(path, { locale: 'zh-CN' });
    expect(summary).toMatchObject({ rows: 8, added: 1, addedAs: { Household: 1 } });
    const errors = Object.fromEntries(summary.errors.map(({ line, reason, message }) => [line, [reason, message]]));
    expect(errors[2]).toEqual(['CELL_EMPTY', '“楼栋 / Building”为空。 “房号 / Unit”为空。']);
    expect(errors[3]?.[0]).toBe('CELL_NO_NUMBER');
    expect(errors[3]?.[1]).toContain('“用途 / Use”不是可用的取值。');
    expect(errors[4]).toEqual(['CELL_NO_DAY', '“持有起始日 / Held from”不是日期。']);
    expect(errors[5]?.[0]).toBe('PHONE_MALFORMED');
    expect(errors[6]).toEqual(['HOUSEHOLD_REFUSED', '住户 W-2 的其他行有误。']);
    expect(errors[8]).toEqual(['CELL_EMPTY', '“住户编号 / Household”为空。']);
    expect(errors[9]?.[0]).toMatch(/^[A-Z_]+$/);
    // A refusal names the column and never repeats what stood in it.
    expect(JSON.stringify(summary.errors)).not.toMatch(/王芳|李四|孤名/);
  });

  it('wants its columns, a community that is there, and one where there are several', async () => {
    const lacking = await file('lacking.csv', 'Section,Household\n1,H\n');
    await expect(run(lacking)).rejects.toMatchObject({ reason: 'HEADER_COLUMNS_MISSING' });
    const twice = await file('twice.csv', '楼栋,Building,房号\n1,1,1\n');
    await expect(run(twice)).rejects.toMatchObject({ reason: 'HEADER_COLUMNS_REPEATED' });
    const path = await file('good.csv', 'Building,Unit\n1,1\n');
    await expect(run(path, { community: 'Z' })).rejects.toMatchObject({ reason: 'COMMUNITY_UNKNOWN' });
    const opened = await kind.open(path, { community: undefined, locale: 'en' });
    const report = new ImportReport({ kind: '', file: '', isDryRun: false, ignoredColumns: [] });
    await expect(opened.run(report, clientOf(director))).rejects.toMatchObject({ reason: 'COMMUNITY_NEEDED' });
    const noSheet = await file('no.xlsx', 'not a workbook');
    await expect(run(noSheet)).rejects.toMatchObject({ reason: 'SHEET_UNREADABLE' });
  });

  it.each(['zh-CN', 'en'] as const)(
    'writes an empty file in %s that it reads itself, and sends nothing in a dry run',
    async (locale) => {
      for (const name of ['template.xlsx', 'template.csv']) {
        const path = join(directory, `${locale}-${name}`);
        const said: string[] = [];
        const output = { say: (line: string) => void said.push(line), print: (line: string) => void said.push(line) };
        expect(await importCommand(['property-register', path, '--template', '--locale', locale], output)).toBe(0);
        const table = await readTable(path);
        expect(table.header).toEqual(columnNames.map((column) => columns[column].header[locale]));
        expect(registerReader(table).ignoredColumns).toEqual([]);
      }
      const path = await file('dry.csv', 'Building,Unit\n1,1\n');
      const printed: string[] = [];
      const output = { say: () => undefined, print: (text: string) => void printed.push(text) };
      expect(await importCommand(['property-register', path, '--dry-run', '--json', '--locale', locale], output)).toBe(
        0,
      );
      expect(JSON.parse(printed[0] ?? '')).toMatchObject({ rows: 1, ready: 1, added: 0, failed: {} });
    },
  );

  it.each([
    ['2020-5-1', '2020-05-01'],
    ['2020年5月1日', '2020-05-01'],
    ['２０２０/０５/０１', '2020-05-01'],
    ['2020-02-30', null],
    ['5/1/2020', null],
  ])('reads %s as the day %s', (text, day) => {
    expect(dayOf(text)).toBe(day);
  });
});

describe('npm run export -- property-register', () => {
  it('writes what the import reads: the same register in another community, by CSV and by workbook', async () => {
    for (const [index, name] of ['again.csv', 'again.xlsx'].entries()) {
      const path = join(directory, name);
      const reason = '迁移到新系统';
      const { rows, revealed } = await exportRegister(clientOf(director), { ...options, file: path, reason });
      expect([rows, revealed]).toEqual([8, 4]);
      const community = `B${index}`;
      await aCommunity(community);
      expect(await run(path, { community })).toMatchObject({ rows: 8, failed: {}, ignoredColumns: [] });
      const again = join(directory, `${community}-${name}`);
      await exportRegister(clientOf(director), { ...options, community, file: again, reason });
      expect(await readTable(again)).toEqual(await readTable(path));
    }
  });

  it('shows contacts masked, and in clear only to overseers with a reason, each reading on record', async () => {
    const path = join(directory, 'masked.csv');
    const readings = async () => (await service.sql('select 1 from reveal_log')).length;
    const before = await readings();
    await exportRegister(clientOf(director), { ...options, file: path });
    const masked = await readFile(path, 'utf8');
    expect(masked).toContain('138****0022');
    expect(masked).not.toMatch(/张伟|13800110022/);
    expect(await readings()).toBe(before);
    const reason = '业主大会核对';
    await exportRegister(clientOf(director), { ...options, file: path, reason });
    expect(await readFile(path, 'utf8')).toMatch(/张伟,13800110022/);
    expect(await readings()).toBe(before + 4);
    const clerk = aStaffViewer({ roles: ['clerk'], tenantId, communityIds: 'all' });
    await expect(exportRegister(clientOf(clerk), { ...options, file: path, reason })).rejects.toMatchObject({
      refusals: ['ACCESS_DENIED'],
    });
  });

  it('lets no name become a formula, and reads it back as it was', async () => {
    expect(['=1+1', '+86 1', '-x', '@a', '-1', '3', "a'b"].map(guarded)).toEqual([
      "'=1+1",
      "'+86 1",
      "'-x",
      "'@a",
      '-1',
      '3',
      "a'b",
    ]);
    await aCommunity('F');
    const path = await file(
      'formula.csv',
      `Building,Unit,Household,Held from,Name\nF,1,F-1,2020-01-01,"'=HYPERLINK(""http://x"",""y"")"\n`,
    );
    expect(await run(path, { community: 'F' })).toMatchObject({ added: 1 });
    const out = join(directory, 'formula-out.csv');
    await exportRegister(clientOf(director), { ...options, community: 'F', file: out, reason: '核对登记' });
    expect(await readFile(out, 'utf8')).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
    expect((await readTable(out)).rows[0]?.fields).toContain('=HYPERLINK("http://x","y")');
  });

  it('knows its kinds', () => {
    expect(() => exportKind('nothing')).toThrow(ImportError);
  });
});
