import { parseArgs } from 'node:util';

import { definition } from '@steward/hr';

import { benchCommunity, fillMonth, fillPlaces, fillStaff, payMonth, quarter, totalBySql } from './hr-data.ts';
import { startServiceAlone, type ListService } from './list-service.ts';
import { machine, median } from './measure.ts';

const usage = 'npm run bench:hr -- [--rounds 5] [--json]';

/** A roster of 60 staff for a quarter is planned and proved in less; a month of 500 is computed in less. */
const limits = { rosterMs: 1000, payrollMs: 5000 };

type Roster = { id: string; shiftCount: number; coverageGaps: object[] };

const selection = 'id shiftCount coverageGaps { from to }';
const mutation = (name: string, noun: string, fields: string): string =>
  `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${noun} { ${fields} } } }`;

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const startedAt = performance.now();
  const answer = await work();
  return [answer, performance.now() - startedAt];
}

/** Plans a quarter for 60 and proves that every minute is covered, as a client does: one request, through HTTP. */
async function benchRoster(service: ListService, rounds: number): Promise<{ ms: number; shifts: number }> {
  const clerks = await fillStaff(service.admin, 40, 'CLERK', 'C');
  const workers = await fillStaff(service.admin, 20, 'MAINTENANCE', 'W');
  const slots = [
    { patternCode: 'MORNING', staffIds: clerks, perDay: 6 },
    { patternCode: 'NOON', staffIds: clerks, perDay: 3 },
    { patternCode: 'AFTERNOON', staffIds: clerks, perDay: 6 },
    { patternCode: 'NIGHT', staffIds: workers, perDay: 3 },
  ];
  const draft = { communityId: benchCommunity, kind: 'SERVICE_CENTRE', ...quarter };
  const { draftDutyRoster } = await service.ask<{ draftDutyRoster: { dutyRoster: Roster } }>(
    mutation('draftDutyRoster', 'dutyRoster', selection),
    { input: draft },
  );
  const input = { id: draftDutyRoster.dutyRoster.id, slots };
  const taken: number[] = [];
  let shifts = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const [{ planDutyRoster }, ms] = await timed(() =>
      service.ask<{ planDutyRoster: { dutyRoster: Roster } }>(mutation('planDutyRoster', 'dutyRoster', selection), {
        input,
      }),
    );
    if (planDutyRoster.dutyRoster.coverageGaps.length > 0) throw new Error('the plan leaves a gap');
    shifts = planDutyRoster.dutyRoster.shiftCount;
    if (round > 0) taken.push(ms);
  }
  return { ms: Math.round(median(taken)), shifts };
}

type Sheet = { id: string; staffCount: number; total: { amount: number }; linesSha256: string };

/** Computes a month of 500 anew and anew: the same to the cent each time, and what plain SQL comes to. */
async function benchPayroll(
  service: ListService,
  rounds: number,
): Promise<{ ms: number; staff: number; total: number }> {
  const ids = await fillStaff(service.admin, 500, 'GUARD', 'P');
  await service.admin.query('delete from staff_pay');
  await fillMonth(service.admin, ids);
  await service.admin.query('analyze');
  const expected = await totalBySql(service.admin, ids);
  const fields = 'id staffCount total { amount } linesSha256';
  const draft = { communityId: benchCommunity, month: payMonth };
  const [{ draftPayrollSheet }, first] = await timed(() =>
    service.ask<{ draftPayrollSheet: { payrollSheet: Sheet } }>(mutation('draftPayrollSheet', 'payrollSheet', fields), {
      input: draft,
    }),
  );
  const sheet = draftPayrollSheet.payrollSheet;
  if (sheet.total.amount !== expected)
    throw new Error(`the sheet comes to ${sheet.total.amount}, plain SQL to ${expected}`);
  const taken = [first];
  for (let round = 0; round < rounds; round += 1) {
    const [{ recomputePayrollSheet }, ms] = await timed(() =>
      service.ask<{ recomputePayrollSheet: { payrollSheet: Sheet } }>(
        mutation('recomputePayrollSheet', 'payrollSheet', fields),
        { input: { id: sheet.id } },
      ),
    );
    if (recomputePayrollSheet.payrollSheet.linesSha256 !== sheet.linesSha256)
      throw new Error('computed anew, it is not the same');
    taken.push(ms);
  }
  // Those 60 of the roster have no base pay: they are on the sheet with nothing.
  return { ms: Math.round(median(taken)), staff: sheet.staffCount, total: sheet.total.amount };
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) return console.log(usage);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const rounds = Number(values.rounds);
  if (!(rounds >= 1)) throw new RangeError(`--rounds: 1 or more`);
  const fieldKeys = `1:${Buffer.alloc(32, 1).toString('base64')}`;
  const service = await startServiceAlone(definition, { fieldKeys, onProgress: say });
  try {
    await fillPlaces(service.admin);
    say('planning and proving a quarter for 60');
    const roster = await benchRoster(service, rounds);
    say('computing a month for 500');
    const payroll = await benchPayroll(service, rounds);
    const isSlow = roster.ms >= limits.rosterMs || payroll.ms >= limits.payrollMs;
    const document = { machine: machine(), versions: service.versions, rounds, limits, roster, payroll };
    if (values.json) console.log(JSON.stringify(document, null, 2));
    else {
      console.log(`roster: 60 staff, a quarter, ${roster.shifts} shifts, planned, kept and proved in ${roster.ms} ms`);
      console.log(
        `payroll: ${payroll.staff} staff, ${payroll.total} minor units, computed and kept in ${payroll.ms} ms`,
      );
    }
    if (isSlow) say(`slower than ${limits.rosterMs} ms or ${limits.payrollMs} ms`);
    process.exitCode = isSlow ? 1 : 0;
  } finally {
    await service.stop();
  }
}

process.once('SIGINT', () => process.exit(130));
await main();
