import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { machine } from '../../bench/measure.ts';
import { dataPath } from '../../start/layout.ts';
import { findSeeds } from '../find-seeds.ts';
import { judgedOf } from '../matrix/judge-service.ts';
import { startSeeded, startServers } from '../rig.ts';
import { proveTenancy, type Target } from './prove-tenancy.ts';

const usage = 'npm run prove:tenancy -- [--count 100000] [--seed 1] [--service S] [--resume] [--json]';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    service: { type: 'string', multiple: true },
    resume: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) throw new RangeError(usage);

/** How far an interrupted run had come; a call follows from seed and number, so the rest is the same on fresh data. */
const record = dataPath('prove', `tenancy-${seed}.json`);
type Kept = { done: number; failures: string[] };
const kept: Kept =
  values.resume && existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as Kept) : { done: 0, failures: [] };

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const write = (done: number, failures: readonly string[]): void => {
  mkdirSync(path.dirname(record), { recursive: true });
  writeFileSync(record, JSON.stringify({ done, failures }));
};
const keep = (done: number, failures: readonly string[]): void => {
  if (done % 1_000 !== 0) return;
  // Others of the calls under way may be a few behind: they are made again.
  write(done - 10, [...kept.failures, ...failures]);
  if (done % 10_000 === 0) say(`${done} calls`);
};

// Ctrl-C ends it after the calls under way, with a report of what was done; a second one ends it at once.
const stopping = new AbortController();
process.on('SIGINT', () => (stopping.signal.aborted ? process.exit(130) : stopping.abort()));

const servers = await startServers(say);
const targets: Target[] = [];
try {
  for (const each of await findSeeds(...(values.service ?? []))) {
    const { service, company, sent } = await startSeeded(each);
    targets.push({ judged: judgedOf(each, service, company), sent });
  }
  const { signal } = stopping;
  const startedAt = performance.now();
  const result = await proveTenancy(targets, { count, seed, from: Math.max(0, kept.done), signal, onCall: keep });
  const perSecond = Math.round((result.calls * 1000) / (performance.now() - startedAt));
  const failures = [...kept.failures, ...result.failures];
  write(result.until, failures);
  const document = {
    count: result.until,
    seed,
    perSecond,
    failures: failures.length,
    detail: { ...result, failures },
    machine: machine(),
  };
  if (values.json) console.log(JSON.stringify(document, null, 2));
  else {
    for (const each of failures) console.log(each);
    for (const each of result.internal) console.log(`unforeseen error: ${each}`);
    console.log(
      `${result.until} calls, ${perSecond} a second, ${failures.length} foreign rows; the company itself was shown ${result.control} ids`,
    );
  }
  if (failures.length > 0 || result.control === 0) process.exitCode = 1;
} finally {
  for (const { judged } of targets) await judged.service.stop();
  await servers.stop();
}
