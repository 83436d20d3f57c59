import { chmod, mkdtemp } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import pg from 'pg';

import { startNats } from '../embedded/nats.mjs';
import { startPostgres } from '../embedded/postgres.mjs';
import { cpuPerFact, type CpuPerFact, type Parts } from './events-cpu.ts';
import { openBrokerCeiling, openSqlCeiling, type Ceiling } from './events-ceilings.ts';
import { createLineDatabases, startLine, type RunningLine } from './events-line.ts';
import { steadyPerSecond } from './events-roles.ts';
import { describeEvents, judge, summarise, type Round } from './events-report.ts';
import { machine } from './measure.ts';
import { measureBacklog, measureConcurrent, measureSteady } from './events-workloads.ts';

const usage =
  'npm run bench:events -- [--events 20000] [--seconds 10] [--rounds 5] [--policy always|default] [--profile DIR] [--json]';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '5' },
    policy: { type: 'string' },
    profile: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** When the broker writes its store to the disk: after each message, or every two minutes as is its default. */
const policies = ['always', 'default'] as const;
type Policy = (typeof policies)[number];

type Lane = { policy: Policy; line: RunningLine; broker: Ceiling; parts: Parts };

type Bench = { lanes: Lane[]; sql: Ceiling; versions: Record<string, string>; stop(): Promise<void> };

async function startBench(wanted: readonly Policy[], say: (line: string) => void): Promise<Bench> {
  const directory = await mkdtemp(join(tmpdir(), 'steward-bench-'));
  // Under root PostgreSQL runs as another user, who has to pass through here.
  await chmod(directory, 0o711);
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const postgres = await startPostgres({ dataDir: join(directory, 'postgres'), onProgress: say });
  const servers: { stop(): Promise<void> }[] = [postgres];
  const lanes: Lane[] = [];
  for (const policy of wanted) {
    const nats = await startNats({ storeDir: join(directory, policy), test: policy === 'default', onProgress: say });
    servers.unshift(nats);
    const urls = await createLineDatabases(postgres.url, `bench_${policy}`);
    const profileTo = values.profile === undefined ? undefined : join(values.profile, policy);
    const line = await startLine({ ...urls, nats: nats.url, prefix: 'bench' }, profileTo);
    const parts = { processes: { ...line.pids, broker: nats.pid }, postgres: postgres.pid };
    lanes.push({ policy, line, broker: await openBrokerCeiling(nats.url), parts });
  }
  const sql = await openSqlCeiling(await createLineDatabases(postgres.url, 'bench_sql'));
  return {
    lanes,
    sql,
    versions: await versionsOf(postgres.url),
    stop: async () => {
      for (const { line, broker } of lanes) {
        await line.stop();
        await broker.close();
      }
      await sql.close();
      for (const server of servers) await server.stop();
    },
  };
}

async function versionsOf(url: string): Promise<Record<string, string>> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const { rows } = await admin.query<{ postgres: string; fsync: string; commit: string }>(
    `select current_setting('server_version') as postgres, current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as commit`,
  );
  await admin.end();
  const [found] = rows;
  if (found?.fsync !== 'on' || found.commit !== 'on') throw new Error('the figures mean nothing without fsync');
  return { postgres: found.postgres };
}

/** Everything once, ceilings in between, so that what else the machine does meets all alike. */
async function runRound({ lanes, sql }: Bench, events: number, seconds: number): Promise<Round> {
  const round: Round = { sql: await sql.perSecond(events), policies: {} };
  for (const { policy, line, broker, parts } of lanes) {
    const cpu: Record<string, CpuPerFact> = {};
    const costing = async <T>(way: string, count: number, work: () => Promise<T>): Promise<T> => {
      const { result, cpu: used } = await cpuPerFact(parts, count, work);
      cpu[way] = used;
      return result;
    };
    await line.react(false);
    const eachBacklog = await measureBacklog(line, events);
    const eachConcurrent = await measureConcurrent(line, events);
    const steady = await costing('steady', seconds * steadyPerSecond, () => measureSteady(line, seconds));
    await line.react(true);
    const backlog = await costing('backlog', events, () => measureBacklog(line, events));
    const jetstream = await broker.perSecond(events);
    const concurrent = await costing('concurrent', events, () => measureConcurrent(line, events));
    round.policies[policy] = { backlog, concurrent, eachBacklog, eachConcurrent, jetstream, steady, cpu };
  }
  return round;
}

async function main(): Promise<void> {
  if (values.help) return console.log(usage);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const [events, seconds, rounds] = [Number(values.events), Number(values.seconds), Number(values.rounds)];
  if (!(events >= 1000 && events % 1000 === 0)) throw new RangeError('--events: a multiple of 1000');
  if (!(seconds >= 1 && rounds >= 1)) throw new RangeError('--seconds and --rounds: one or more');
  const wanted = policies.filter((policy) => values.policy === undefined || values.policy === policy);
  if (wanted.length === 0) throw new RangeError(`--policy: ${policies.join(' or ')}`);
  const bench = await startBench(wanted, say);
  try {
    await runRound(bench, 2000, 1);
    say('warm');
    const done: Round[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      done.push(await runRound(bench, events, seconds));
      say(`round ${round} of ${rounds}`);
    }
    const report = { machine: machine(), versions: bench.versions, rounds, ...summarise(done, events) };
    console.log(values.json ? JSON.stringify(report, null, 2) : describeEvents(report));
    const missed = judge(report);
    for (const line of missed) say(line);
    process.exitCode = missed.length > 0 ? 1 : 0;
  } finally {
    await bench.stop();
  }
}

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
await main();
