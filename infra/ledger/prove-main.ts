import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { runProof } from '../events/proofs/run-proof.ts';
import { startKillableServers, type KillableServers } from '../events/rig/killable-servers.ts';
import { proveLedger, type LedgerProofResult } from './prove-ledger.ts';

/** Operations of one part; each has books of its own, which are judged and altered at its end. */
const partSize = 2_500;
const tamperings = 1_000;

type Run = { count: number; seed: number; say(line: string): void };

/** Where the parts that are done stand, so that a run that was stopped goes on with the next one. */
const keptParts = ({ count, seed }: Run): string =>
  fileURLToPath(new URL(`../../.data/proofs/ledger-${count}-${seed}.json`, import.meta.url));

function readParts(file: string): LedgerProofResult[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LedgerProofResult[];
  } catch {
    return [];
  }
}

function total(parts: readonly LedgerProofResult[]) {
  const sum = (of: (part: LedgerProofResult) => number): number => parts.reduce((all, part) => all + of(part), 0);
  const sums = (of: (part: LedgerProofResult) => Record<string, number>): Record<string, number> => {
    const keys = [...new Set(parts.flatMap((part) => Object.keys(of(part))))].sort();
    return Object.fromEntries(keys.map((key) => [key, sum((part) => of(part)[key] ?? 0)]));
  };
  return {
    parts: parts.length,
    operations: sum(({ operations }) => operations),
    moved: sum(({ moved }) => moved),
    repeated: sum(({ repeated }) => repeated),
    counter: sums(({ counter }) => counter),
    refused: sums(({ refused }) => refused),
    kills: { service: sum(({ kills }) => kills.service), database: sum(({ kills }) => kills.database) },
    transactions: sum(({ transactions }) => transactions),
    // What a part had nothing of, another one may have had.
    idleInvariants: sums(({ invariants }) => Object.fromEntries(invariants.idle.map((what) => [what, 1]))),
    tampered: { tried: sum(({ tampered }) => tampered.tried), found: sum(({ tampered }) => tampered.found) },
    seconds: Math.round(sum(({ seconds }) => seconds)),
  };
}

/** A kill of service and database in each part; the part's number goes into its seed. */
const partOf = (servers: KillableServers, { count, seed, say }: Run, index: number, parts: number) =>
  proveLedger({
    postgres: servers.postgres,
    nats: servers.nats,
    count: Math.min(partSize, count - index * partSize),
    counterShare: 1 / 3,
    seed: seed * 1_000_003 + index,
    communities: 3,
    tamperings: Math.ceil(tamperings / parts),
    serviceKills: 1,
    databaseKills: 1,
    crashDatabase: () => servers.crash('postgres'),
    say,
  });

await runProof('ledger', { count: 100_000 }, async (run) => {
  const file = keptParts(run);
  const done = readParts(file);
  const parts = Math.ceil(run.count / partSize);
  if (done.length > 0) run.say(`${done.length} of ${parts} parts are done already (${file})`);
  const servers = await startKillableServers();
  try {
    while (done.length < parts) {
      run.say(`part ${done.length + 1} of ${parts}`);
      const part = await partOf(servers, run, done.length, parts);
      done.push(part);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(done));
      // What failed is looked at before more is tried.
      if (part.faults.length > 0) break;
    }
  } finally {
    await servers.stop();
  }
  rmSync(file, { force: true });
  return { failures: done.flatMap(({ faults }) => faults), detail: total(done) };
});
