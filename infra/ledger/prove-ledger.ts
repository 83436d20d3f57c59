import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import { newId } from '@steward/core';
import pg from 'pg';

import { seededRandom, type SeededRandom } from '../demo/seeded-random.ts';
import { brokenInvariants, drift, findings } from './ledger-invariants.ts';
import { apply, newModel, nextMove, type CommunityModel } from './ledger-model.ts';
import type { MoneyMove, MoneyMoved } from './money-moves.ts';
import { startServiceProcess, type ServiceProcess } from './service-process.ts';
import { tamperWith, type TamperResult } from './tamper.ts';

export type LedgerProof = {
  postgres: string;
  nats: string;
  count: number;
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
  kills: { service: number; database: number };
  transactions: number;
  tampered: TamperResult;
  faults: string[];
  seconds: number;
};

const tenantId = '00000000-0000-4000-8000-0000000000a1';
const unitsPerCommunity = 12;
const workers = 8;
const patienceMilliseconds = 120_000;

const mutation = `mutation ($input: MoveMoneyInput!) { moveMoney(input: $input) { moved } }`;

type Outcome = { moved: MoneyMoved | null; reason: string };

/** Asks until there is an answer, with the same key: a service that died may have done it or not. */
async function carryOut(
  service: ServiceProcess,
  input: { communityId: string; idempotencyKey: string; move: MoneyMove },
): Promise<Outcome> {
  const end = Date.now() + patienceMilliseconds;
  for (;;) {
    const answer = await service.ask<{ moveMoney: { moved: MoneyMoved } }>(mutation, { input }).catch(() => null);
    const [error] = answer?.errors ?? [];
    if (answer?.data != null && error === undefined) return { moved: answer.data.moveMoney.moved, reason: '' };
    const { code = '', reason = '' } = error?.extensions ?? {};
    if (['CONFLICT', 'BAD_USER_INPUT', 'NOT_FOUND', 'FORBIDDEN'].includes(code)) return { moved: null, reason };
    if (Date.now() > end)
      throw new Error(
        `${input.move.kind}: no answer within ${patienceMilliseconds} ms: ${error?.message ?? 'nobody there'}`,
      );
    await pause(20);
  }
}

type Rig = {
  proof: LedgerProof;
  service: ServiceProcess;
  random: SeededRandom;
  models: CommunityModel[];
  result: LedgerProofResult;
};

const count = (refused: Record<string, number>, reason: string): void => {
  refused[reason] = (refused[reason] ?? 0) + 1;
};

/** One operation: mostly once, sometimes several times at once with one key, a reversal also with two keys. */
async function step({ service, random, models, result }: Rig): Promise<void> {
  const model = random.pick(models);
  const move = nextMove(model, random);
  const idempotencyKey = newId();
  const times = random.chance(0.1) ? random.int(2, 3) : 1;
  const rival = move.kind === 'reverse' || move.kind === 'void' ? random.chance(0.5) : false;
  const input = { communityId: model.id, idempotencyKey, move };
  const outcomes = await Promise.all([
    ...Array.from({ length: times }, () => carryOut(service, input)),
    ...(rival ? [carryOut(service, { ...input, idempotencyKey: newId() })] : []),
  ]);
  const same = outcomes.slice(0, times);
  const [first] = same;
  if (same.some((outcome) => !isDeepStrictEqual(outcome.moved, first?.moved)))
    result.faults.push(`${move.kind}: one key had different answers`);
  const effects = [first, ...outcomes.slice(times)].filter((outcome) => outcome?.moved != null);
  if (rival && effects.length > 1) result.faults.push(`${move.kind}: what was submitted twice had two effects`);
  for (const outcome of outcomes) if (outcome.moved === null) count(result.refused, outcome.reason);
  for (const effect of effects) {
    if (effect?.moved == null) continue;
    apply(model, move, effect.moved);
    result.moved += 1;
  }
  result.repeated += outcomes.length - 1;
  result.operations += 1;
}

/** When something is killed: spread evenly over the operations. */
function killsAt(operations: number, kills: number, offset: number): Set<number> {
  const every = operations / (kills + 1);
  return new Set(Array.from({ length: kills }, (_, index) => Math.round(every * (index + 1)) + offset));
}

async function runAll(rig: Rig): Promise<void> {
  const { proof, result } = rig;
  const service = killsAt(proof.count, proof.serviceKills, 0);
  const database = killsAt(proof.count, proof.databaseKills, 5);
  let begun = 0;
  let killing: Promise<void> = Promise.resolve();
  const work = async (): Promise<void> => {
    while (begun < proof.count) {
      begun += 1;
      const at = begun;
      if (service.has(at)) {
        result.kills.service += 1;
        killing = killing.then(() => rig.service.crash());
      }
      if (database.has(at) && proof.crashDatabase !== undefined) {
        result.kills.database += 1;
        killing = killing.then(() => proof.crashDatabase?.());
      }
      await step(rig);
      if (at % 5_000 === 0) proof.say?.(`${at} operations, ${result.moved} moved money`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  await killing;
}

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
    for (const { id } of rig.models) {
      await admin.query(
        `insert into community_reference (id, tenant_id, time_zone, currency, status) values ($1, $2, 'UTC', 'CNY', 'ACTIVE')`,
        [id, tenantId],
      );
    }
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

async function judge(rig: Rig, url: string): Promise<void> {
  const { proof, models, result } = rig;
  await asAdmin(url, async (admin) => {
    result.faults.push(...(await brokenInvariants(admin)));
    for (const model of models) {
      result.faults.push(...(await drift(admin, model)));
      result.faults.push(...(await findings(admin, model.id)).map((finding) => `${finding} in ${model.id}`));
      result.transactions += model.transactions;
    }
    // The community with the shortest chain: each alteration is looked for in all of it.
    const [smallest] = models.toSorted((one, other) => one.transactions - other.transactions);
    if (smallest === undefined || proof.tamperings === 0) return;
    await closeBooks(admin, smallest.id);
    result.faults.push(...(await findings(admin, smallest.id)));
    proof.say?.(`altering ${smallest.transactions} transactions ${proof.tamperings} times`);
    result.tampered = await tamperWith(admin, smallest.id, { count: proof.tamperings, random: rig.random });
    result.faults.push(...result.tampered.missed.map((missed) => `not found: ${missed}`));
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
    kills: { service: 0, database: 0 },
    transactions: 0,
    tampered: { tried: 0, found: 0, missed: [] },
    faults: [],
    seconds: 0,
  };
  const rig = { proof, service, random: seededRandom(proof.seed), models, result };
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
