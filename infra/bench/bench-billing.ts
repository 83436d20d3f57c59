import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { fillBilling, runCommunity, runKinds, runPeriod } from './billing-data.ts';
import { runPlainStatement } from './billing-plain-run.ts';
import { startBillingProcess, type BillingProcess } from './billing-service.ts';
import { machine } from './measure.ts';
import { mostMemory } from './process-figures.ts';

const usage = 'npm run bench:billing -- [--households 100000] [--json]';

/** A run is to be at least so fast as the plain statement, in a service that stays below so many megabytes. */
const least = { speedRatio: 0.5, memoryMb: 300 };

const start = `mutation ($input: StartChargeRunInput!) { startChargeRun(input: $input) { chargeRun { id } } }`;
const post = `mutation ($input: PostChargeRunInput!) { postChargeRun(input: $input) { chargeRun { id } } }`;
const look = `query ($id: ID!) { chargeRun(id: $id) { status lineCount total { amount } } }`;

type Run = { status: string; lineCount: number; total: { amount: number } };

async function until(service: BillingProcess, id: string, status: string): Promise<Run> {
  for (;;) {
    const { chargeRun: run } = await service.ask<{ chargeRun: Run }>('clerk', look, { id });
    if (run.status === status) return run;
    await pause(100);
  }
}

/** From the click on "start" over the preview to the last posting, as the desk does it. */
async function chargeRun(service: BillingProcess): Promise<{ seconds: number; lines: number; total: number }> {
  const startedAt = performance.now();
  const input = { communityId: runCommunity, chargeTypeCodes: runKinds, ...runPeriod };
  const started = await service.ask<{ startChargeRun: { chargeRun: { id: string } } }>('clerk', start, { input });
  const { id } = started.startChargeRun.chargeRun;
  await until(service, id, 'PREVIEWED');
  await service.ask('supervisor', post, { input: { id } });
  const { lineCount: lines, total } = await until(service, id, 'POSTED');
  return { seconds: (performance.now() - startedAt) / 1000, lines, total: total.amount };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

async function measureBilling(households: number, onProgress: (line: string) => void) {
  const service = await startBillingProcess(onProgress);
  try {
    onProgress(`filling two communities with ${households} flats each`);
    await fillBilling(service.admin, households);
    onProgress('the charge run');
    const { result: run, mostMb } = await mostMemory(service.pid, chargeRun(service));
    // The notices of the run would share the machine with what it is compared with.
    await service.stopService();
    await service.admin.query('vacuum analyze');
    onProgress('the plain statement');
    const plainSeconds = await runPlainStatement(service.asService);
    const { rows: version } = await service.admin.query<{ server_version: string }>('show server_version');
    const { rows: sums } = await service.admin.query<{ lines: number; total: number }>(
      `select count(*)::int as lines, sum(amount)::float8 as total from charge where number like 'P-%'`,
    );
    if (sums[0]?.lines !== run.lines || sums[0]?.total !== run.total) {
      throw new Error('the run and the plain statement do not come to the same');
    }
    return { run, plainSeconds, mostMb, postgres: version[0]?.server_version ?? 'unknown' };
  } finally {
    await service.stop();
  }
}

const { values } = parseArgs({
  options: { households: { type: 'string', default: '100000' }, json: { type: 'boolean', default: false } },
});
const households = Number(values.households);
if (!Number.isInteger(households) || households < 1) throw new Error(usage);

const { run, plainSeconds, mostMb, postgres } = await measureBilling(households, (line) => console.error(line));
const figures = (seconds: number) => ({ seconds: rounded(seconds), perSecond: Math.round(run.lines / seconds) });
const ratio = rounded(plainSeconds / run.seconds);
const report = {
  machine: machine(),
  versions: { node: process.version, postgres },
  rounds: 1,
  workloads: {
    'charge-run': {
      run: { ...figures(run.seconds), lines: run.lines, memoryMb: mostMb },
      plainStatement: { ...figures(plainSeconds), lines: run.lines },
    },
  },
  ratios: { 'charge-run': ratio },
};
if (values.json) console.log(JSON.stringify(report, null, 2));
else {
  console.log(`${run.lines} lines posted: ${rounded(run.seconds)} s, one plain statement: ${rounded(plainSeconds)} s`);
  console.log(`${ratio} of its speed (at least ${least.speedRatio}), service ${mostMb} MB (below ${least.memoryMb})`);
}
process.exitCode = ratio >= least.speedRatio && (mostMb ?? 0) < least.memoryMb ? 0 : 1;
