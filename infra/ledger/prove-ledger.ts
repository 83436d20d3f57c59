import { setTimeout as pause } from 'node:timers/promises';

import { newId } from '@steward/core';
import pg from 'pg';

import { seededRandom } from '../demo/seeded-random.ts';
import { carryOut } from './ask-moves.ts';
import { counterDrift } from './counter-drift.ts';
import { newCounter, openCounter } from './counter.ts';
import { brokenInvariants, drift, findings, shownInvariants } from './ledger-invariants.ts';
import { apply, newModel } from './ledger-model.ts';
import { publishAccountsOf, publishHeads } from './published-heads.ts';
import { runAll, type Rig } from './run-moves.ts';
import { startServiceProcess } from './service-process.ts';
import { tamperWith, type TamperResult } from './tamper.ts';

export type LedgerProof = {
  postgres: string;
  nats: string;
  count: number;
  /** Of the operations so many are of the counter. */
  counterShare: number;
  seed: number;
  communities: number;
  tamperings: number;
  /** How often the service is killed on the way; the database, where it can be. */
  serviceKills: number;
  databaseKills: number;
  crashDatabase?: () => Promise<void>;
  say?: (line: string) => void;
};

export type LedgerProofResult = {
  operations: number;
  moved: number;
  refused: Record<string, number>;
  repeated: number;
  /** What the counter did, by mutation. */
  counter: Record<string, number>;
  kills: { service: number; database: number };
  transactions: number;
  /** Of the counter's invariants how many saw a fault that was made by hand, and which had nothing to be wrong yet. */
  invariants: { shown: number; idle: string[] };
  tampered: TamperResult;
  faults: string[];
  seconds: number;
};

const tenantId = '00000000-0000-4000-8000-0000000000a1';
const unitsPerCommunity = 12;

const databaseName = (): string => `ledger_proof_${newId().replaceAll('-', '')}`;

async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function openCommunities(rig: Rig, url: string): Promise<void> {
  await asAdmin(url, async (admin) => {
    for (const id of [...rig.models.map((model) => model.id), rig.counter.communityId]) {
      await admin.query(
        `insert into community_reference (id, tenant_id, time_zone, currency, status) values ($1, $2, 'UTC', 'CNY', 'ACTIVE')`,
        [id, tenantId],
      );
    }
    await openCounter(admin, rig.service, rig.counter, tenantId);
  });
  for (const model of rig.models) {
    for (let index = 0; index < unitsPerCommunity; index += 1) {
      const move = { kind: 'sell' as const, unitId: newId() };
      const { moved } = await carryOut(rig.service, { communityId: model.id, idempotencyKey: newId(), move });
      if (moved !== null) apply(model, move, moved);
    }
  }
}

/** Closes the month of a community's books, so that there is a snapshot to alter as well. */
const closeBooks = (admin: pg.Client, communityId: string): Promise<unknown> =>
  admin.query(
    `with closed as (
       select c.* from (select date_trunc('month', current_date)::date as starts_on) m,
              lateral close_ledger($1, (m.starts_on + interval '1 month')::date) c)
     insert into ledger_period (id, tenant_id, community_id, number, version, created_at, month, starts_on, ends_on, height, hash)
     select uuidv7(), tenant_id, community_id, 'QJ-1', 1, now(), to_char(current_date, 'YYYY-MM'),
            date_trunc('month', current_date)::date, closed_to, height, hash from closed`,
    [communityId],
  );

const patienceMilliseconds = 120_000;

/** Waits until what runs and advances do by themselves is done: a run that stands still is found by its invariant. */
async function settle(admin: pg.Client): Promise<void> {
  const underWay = `select 1 from timer where state = 'WAITING' and due_at <= now()
                       and (kind like 'charge-run-%' or kind = 'account-advance') limit 1`;
  const end = Date.now() + patienceMilliseconds;
  while ((await admin.query(underWay)).rows.length > 0 && Date.now() < end) await pause(100);
}

/** Alters the books of the community with the shortest chain, closed and published, and the papers of the counter. */
async function alterBooks({ proof, service, random, models, counter, result }: Rig, admin: pg.Client): Promise<void> {
  const [smallest] = models.toSorted((one, other) => one.transactions - other.transactions);
  if (smallest === undefined || proof.tamperings === 0) return;
  await closeBooks(admin, smallest.id);
  const kept = await publishAccountsOf(admin, service, smallest.id);
  if (kept.length < 2) result.faults.push('the head of a day or of published accounts was not told');
  result.faults.push(...(await findings(admin, smallest.id, kept)));
  proof.say?.(`altering ${smallest.transactions} transactions ${proof.tamperings} times`);
  const targets = { books: { communityId: smallest.id, kept }, papers: { communityId: counter.communityId, kept: [] } };
  result.tampered = await tamperWith(admin, targets, { count: proof.tamperings, random });
  result.faults.push(...result.tampered.missed.map((missed) => `not found: ${missed}`));
}

async function judge(rig: Rig, url: string): Promise<void> {
  const { models, counter, result } = rig;
  await asAdmin(url, async (admin) => {
    const ids = [...models.map(({ id }) => id), counter.communityId];
    await settle(admin);
    await publishHeads(admin, tenantId, ids);
    result.faults.push(...(await brokenInvariants(admin)));
    result.faults.push(...(await counterDrift(admin, counter)));
    for (const id of ids)
      result.faults.push(...(await findings(admin, id, [])).map((finding) => `${finding} in ${id}`));
    for (const model of models) {
      result.faults.push(...(await drift(admin, model)));
      result.transactions += model.transactions;
    }
    const { shown, idle, blind } = await shownInvariants(admin);
    result.invariants = { shown, idle };
    result.faults.push(...blind.map((what) => `a fault was made and not seen: ${what}`));
    await alterBooks(rig, admin);
  });
}

/**
 * Random operations by several at once, with repetitions, rivals and kills; then everything the database can be asked
 * about its own truth, the books against every answer that was given, and alterations at random.
 */
export async function proveLedger(proof: LedgerProof): Promise<LedgerProofResult> {
  const begun = performance.now();
  const name = databaseName();
  await asAdmin(proof.postgres, (admin) => admin.query(`create database ${name}`));
  const url = Object.assign(new URL(proof.postgres), { pathname: `/${name}` }).href;
  const models = Array.from({ length: proof.communities }, () => newModel(newId()));
  const viewer = {
    sub: 'proof',
    tenantId,
    actor: 'staff' as const,
    staffId: newId(),
    roles: ['director' as const],
    departments: [],
    communityIds: 'all' as const,
    audience: 'billing',
  };
  const service = await startServiceProcess({
    main: './proof-service.ts',
    service: 'billing',
    databaseUrl: url,
    natsUrl: proof.nats,
    viewer,
  });
  const result: LedgerProofResult = {
    operations: 0,
    moved: 0,
    refused: {},
    repeated: 0,
    counter: {},
    kills: { service: 0, database: 0 },
    transactions: 0,
    invariants: { shown: 0, idle: [] },
    tampered: { tried: 0, found: 0, missed: [] },
    faults: [],
    seconds: 0,
  };
  const rig = { proof, service, random: seededRandom(proof.seed), models, counter: newCounter(tenantId), result };
  try {
    await openCommunities(rig, url);
    await runAll(rig);
    await judge(rig, url);
  } finally {
    await service.stop();
    await asAdmin(proof.postgres, (admin) => admin.query(`drop database if exists ${name} with (force)`));
  }
  result.seconds = Math.round((performance.now() - begun) / 100) / 10;
  return result;
}
