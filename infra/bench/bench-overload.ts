import { parseArgs } from 'node:util';

import { measureRefusals } from './bounded-operations.ts';
import { callProofCost } from './call-proof-cost.ts';
import type { LoadResult } from './load-messages.ts';
import { askOnce, listDepartments, registerDepartment } from './load-operations.ts';
import { startLoad } from './load.ts';
import { machine, median } from './measure.ts';
import { startOwnServers } from './own-servers.ts';
import { openPlatformRig, type PlatformRig } from './platform-rig.ts';
import { cpuSeconds, mostMemory } from './process-figures.ts';

const usage = 'npm run bench:overload -- [--rounds 3] [--seconds 6] [--refusals 200] [--json]';

/** What is left of the best throughput when three times as much is asked for. */
const leastRatio = 0.8;
/** What a refused operation may take. */
const refusalMs = 100;
const times = [1, 2, 3];
/** More than the gateway ever lets in and lets wait. */
const openConnections = 1_024;

type Overload = {
  /** A second, in the mean. */
  asked: number;
  good: number;
  ratio: number;
  refused: number;
  failed: Record<string, number>;
  p50ms: number;
  p99ms: number;
  refusedP99ms: number;
  memoryMb: number | undefined;
};

type Round = { peaks: number[]; cpuUsPerRequest: number; overloads: Overload[] };

const rounded = (value: number): number => Math.round(value * 100) / 100;

const load = (rig: PlatformRig, mode: 'closed' | 'open', connections: number, seconds: number, perSecond?: number) =>
  startLoad({
    url: rig.gatewayUrl,
    token: rig.token,
    operations: [listDepartments],
    mode,
    connections,
    seconds,
    ...(perSecond === undefined ? {} : { perSecond }),
  }).result;

/** How many connections get the most out of the platform. */
async function bestConnections(rig: PlatformRig, say: (line: string) => void): Promise<number> {
  await load(rig, 'closed', 16, 6);
  let best = { connections: 0, perSecond: 0 };
  for (const connections of [8, 16, 32, 64]) {
    const perSecond = rate(await load(rig, 'closed', connections, 4));
    say(`${connections} connections: ${Math.round(perSecond)} a second`);
    if (perSecond > best.perSecond) best = { connections, perSecond };
  }
  return best.connections;
}

const rate = ({ good, seconds }: LoadResult): number => good / seconds;

/** So many times the peak, and what is answered of it beside the peak before and after. */
async function overload(
  { rig, connections, seconds }: Loading,
  before: number,
  factor: number,
): Promise<{ overload: Overload; after: number }> {
  const asked = before * factor;
  const running = load(rig, 'open', openConnections, seconds, asked);
  const { result, mostMb } = await mostMemory(rig.pid('gateway'), running);
  const after = rate(await load(rig, 'closed', connections, seconds));
  const { refused, failed, p50ms, p99ms, refusedP99ms } = result;
  const good = rate(result);
  const ratio = rounded(good / ((before + after) / 2));
  const figures = { refused, failed, p50ms, p99ms, refusedP99ms, memoryMb: mostMb };
  return { overload: { asked: Math.round(asked), good: Math.round(good), ratio, ...figures }, after };
}

type Loading = { rig: PlatformRig; connections: number; seconds: number };

/** The peak and what becomes of it, in turn, so that what else the machine does meets both. */
async function round(loading: Loading): Promise<Round> {
  const { rig, connections, seconds } = loading;
  const cpu = (): number => ['gateway', 'hr'].reduce((sum, part) => sum + (cpuSeconds(rig.pid(part)) ?? Number.NaN), 0);
  const before = cpu();
  const closed = await load(rig, 'closed', connections, seconds);
  const cpuUsPerRequest = Math.round(((cpu() - before) / closed.good) * 1_000_000);
  const peaks = [rate(closed)];
  const overloads: Overload[] = [];
  for (const factor of times) {
    const { overload: taken, after } = await overload(loading, peaks.at(-1) ?? 1, factor);
    overloads.push(taken);
    peaks.push(after);
  }
  return { peaks: peaks.map(Math.round), cpuUsPerRequest, overloads };
}

function summaryOf(rounds: Round[]) {
  const over = (at: number, pick: (one: Overload) => number): number =>
    median(rounds.map(({ overloads }) => pick(overloads[at] as Overload)));
  const workloads = times.map((factor, at) => [
    `${factor}x`,
    {
      ratio: over(at, ({ ratio }) => ratio),
      p50ms: over(at, ({ p50ms }) => p50ms),
      p99ms: over(at, ({ p99ms }) => p99ms),
      refusedP99ms: over(at, ({ refusedP99ms }) => refusedP99ms),
      memoryMb: Math.max(...rounds.map(({ overloads }) => overloads[at]?.memoryMb ?? 0)),
    },
  ]);
  return Object.fromEntries(workloads) as Record<string, { ratio: number }>;
}

async function measureAll(rig: PlatformRig, say: (line: string) => void, options: Options) {
  const { rounds, seconds, refusals } = options;
  for (let n = 0; n < 40; n += 1) await askOnce(rig.gatewayUrl, rig.token, registerDepartment);
  const refused = await measureRefusals(rig.gatewayUrl, rig.token, refusals);
  const connections = await bestConnections(rig, say);
  const taken: Round[] = [];
  for (let n = 1; n <= rounds; n += 1) {
    taken.push(await round({ rig, connections, seconds }));
    say(`round ${n} of ${rounds}: ${JSON.stringify(taken.at(-1))}`);
  }
  const proof = await callProofCost();
  const cpuUsPerRequest = median(taken.map((each) => each.cpuUsPerRequest));
  const proofUs = proof.signUs + proof.verifyUs;
  return {
    machine: machine(),
    rounds,
    seconds,
    connections,
    peak: median(taken.flatMap(({ peaks }) => peaks)),
    workloads: summaryOf(taken),
    all: taken,
    callProof: { ...proof, cpuUsPerRequest, ratio: rounded(cpuUsPerRequest / (cpuUsPerRequest - proofUs)) },
    refusals: refused,
    limits: { leastRatio, refusalMs },
  };
}

type Options = { rounds: number; seconds: number; refusals: number };

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    refusals: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) return console.log(usage);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const servers = await startOwnServers(say);
  try {
    say('starting every service and the gateway, each in a process of its own');
    const rig = await openPlatformRig({ ...servers, prefix: 'rig', env: { STOP_IDLE_MS: '0' } });
    const options = {
      rounds: Number(values.rounds),
      seconds: Number(values.seconds),
      refusals: Number(values.refusals),
    };
    const document = await measureAll(rig, say, options);
    await rig.stop();
    if (values.json) console.log(JSON.stringify(document, null, 2));
    else console.table(document.workloads);
    const isKept = (document.workloads['3x']?.ratio ?? 0) >= leastRatio;
    const areQuick = Object.values(document.refusals).every(({ p99ms }) => p99ms < refusalMs);
    if (!isKept) say(`at three times the peak less than ${leastRatio} of it is answered`);
    if (!areQuick) say(`a refusal takes ${refusalMs} ms or more in the 99th percentile`);
    process.exitCode = isKept && areQuick ? 0 : 1;
  } finally {
    await servers.stop();
  }
}

process.once('SIGINT', () => process.exit(130));
await main();
