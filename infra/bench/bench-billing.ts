import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import { measureCounters, type CounterFigures } from './billing-counters.ts';
import { chainlessCommunity, fillBilling, runCommunity } from './billing-data.ts';
import { runPlainStatement } from './billing-plain-run.ts';
import { runCharges, withoutChain, type RunFigures } from './billing-run.ts';
import { startBillingProcess, type BillingProcess } from './billing-service.ts';
import { measureVerification, type VerificationFigures } from './billing-verification.ts';
import { machine } from './measure.ts';

const usage = 'npm run bench:billing -- [--households 100000] [--counters 20] [--seconds 20] [--json]';

/** Half of the plain statement's speed in a service below so many megabytes; payments a second, and how long one may take. */
const least = { speedRatio: 0.5, memoryMb: 300, perSecond: 200, p99ms: 100 };

type Sizes = { households: number; counters: number; seconds: number };
type Progress = (line: string) => void;
type Measured = {
  plainSeconds: number;
  run: RunFigures;
  chainless: RunFigures;
  counters: CounterFigures;
  verification: VerificationFigures;
};

/** The plain statement has to have come to the same lines and the same sum as the run. */
async function compare({ admin }: BillingProcess, run: RunFigures): Promise<void> {
  const { rows } = await admin.query<{ lines: number; total: number }>(
    `select count(*)::int as lines, sum(amount)::float8 as total from charge where number like 'P-%'`,
  );
  if (rows[0]?.lines !== run.lines || rows[0].total !== run.total)
    throw new Error('the run and the plain statement do not come to the same');
}

async function measureBilling({ households, counters, seconds }: Sizes, onProgress: Progress) {
  const service = await startBillingProcess(onProgress);
  try {
    await service.stopService();
    onProgress(`filling three communities with ${households} flats each`);
    await fillBilling(service.admin, households);
    onProgress('the plain statement');
    const plainSeconds = await runPlainStatement(service.asService);
    await service.admin.query('vacuum analyze');
    onProgress('the charge run');
    const run = await runCharges(service, runCommunity);
    await compare(service, run);
    onProgress(`${counters} counters`);
    const taken = await measureCounters(service, { counters, seconds });
    onProgress('the verification of the books');
    const verification = await measureVerification(service);
    onProgress('the charge run without the chain');
    await withoutChain(service);
    const chainless = await runCharges(service, chainlessCommunity);
    const { rows } = await service.admin.query<{ server_version: string }>('show server_version');
    const measured: Measured = { plainSeconds, run, chainless, counters: taken, verification };
    return { measured, postgres: rows[0]?.server_version ?? 'unknown' };
  } finally {
    await service.stop();
  }
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

function reportOf({ plainSeconds, run, chainless, counters, verification }: Measured, postgres: string) {
  const speed = (seconds: number) => ({ seconds: rounded(seconds), perSecond: Math.round(run.lines / seconds) });
  const figures = ({ seconds, lines, memoryMb }: RunFigures) => ({ ...speed(seconds), lines, memoryMb });
  return {
    machine: machine(),
    load: rounded(loadavg()[1] ?? 0),
    versions: { node: process.version, postgres },
    rounds: 1,
    workloads: {
      'charge-run': {
        run: figures(run),
        withoutChain: figures(chainless),
        plainStatement: { ...speed(plainSeconds), lines: run.lines },
      },
      counters: { service: counters },
      verification: { service: verification },
    },
    ratios: {
      'charge-run': rounded(plainSeconds / run.seconds),
      'charge-run without chain': rounded(plainSeconds / chainless.seconds),
    },
  };
}

const isEnough = (ratio: number, { run, counters }: Measured): boolean =>
  ratio >= least.speedRatio &&
  (run.memoryMb ?? 0) < least.memoryMb &&
  counters.perSecond >= least.perSecond &&
  counters.p99ms < least.p99ms;

const { values } = parseArgs({
  options: {
    households: { type: 'string', default: '100000' },
    counters: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
});
const [households = 0, counters = 0, seconds = 0] = [values.households, values.counters, values.seconds].map(Number);
if (![households, counters, seconds].every((size) => Number.isInteger(size) && size >= 1)) throw new Error(usage);

const { measured, postgres } = await measureBilling({ households, counters, seconds }, (line) => console.error(line));
const report = reportOf(measured, postgres);
if (values.json) console.log(JSON.stringify(report, null, 2));
else {
  const { run, chainless, plainSeconds, counters: taken } = measured;
  console.log(
    `${run.lines} lines posted in ${rounded(run.seconds)} s, without the chain ${rounded(chainless.seconds)} s`,
  );
  console.log(`one plain statement: ${rounded(plainSeconds)} s; load ${report.load}`);
  console.log(`${report.ratios['charge-run']} of its speed (at least ${least.speedRatio}),`);
  console.log(`without the chain ${report.ratios['charge-run without chain']}`);
  console.log(`service ${run.memoryMb} MB (below ${least.memoryMb})`);
  console.log(`${taken.counters} counters: ${taken.perSecond} payments/s (at least ${least.perSecond}),`);
  console.log(
    `p50 ${taken.p50ms} ms, p99 ${taken.p99ms} ms (below ${least.p99ms}), service ${taken.memoryMb} MB, ${taken.cpuMs} ms CPU each`,
  );
  const { postings, answers, seconds: verified, longestSeconds } = measured.verification;
  console.log(
    `${postings} postings and their papers verified in ${rounded(verified)} s: ${answers} answers, ${rounded(longestSeconds)} s at most`,
  );
}
process.exitCode = isEnough(report.ratios['charge-run'], measured) ? 0 : 1;
