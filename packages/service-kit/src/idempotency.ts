import { DomainError } from '@steward/core';
import { dispatch, prepared, rows, txScope, type Tx } from '@steward/db';

import { blindIndex } from './personal-data.ts';

type Keyed = { idempotencyKey?: string | null };

/** How long a retry is recognised: a week, for phones that were offline. */
const keptForDays = 7;

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** Keyed, because inputs hold phone numbers: a plain hash of one is undone by trying them all. */
function macOf(tx: Tx, input: Keyed): string {
  const { idempotencyKey: _key, ...rest } = input;
  return blindIndex(tx, `input ${canonical(rest)}`);
}

const keyLength = { min: 8, max: 200 };

function requireUsable(key: string): void {
  const fits = key.length >= keyLength.min && key.length <= keyLength.max && !/\p{Cc}/u.test(key);
  if (fits) return;
  throw new DomainError('BAD_USER_INPUT', 'IDEMPOTENCY_KEY_UNFIT', { path: 'input.idempotencyKey', params: keyLength });
}

const takeKey = prepared(`
  insert into idempotency_key (tenant_id, sub, command, key, input_mac, created_at, expires_at)
  values ($1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp() + make_interval(days => $6))
  on conflict do nothing returning key`);

const keepResult = prepared(
  `update idempotency_key set result = $5 where tenant_id = $1 and sub = $2 and command = $3 and key = $4`,
);

/**
 * Runs `work` once per key, command and login: a repeat answers the first result, the same key with other input is
 * refused. A concurrent repeat waits for the first to commit. A refused command keeps nothing, so it can be corrected.
 * Keys age in real time: a fake clock neither ends them early nor keeps them.
 */
export async function once<T>(
  tx: Tx,
  command: string,
  input: unknown,
  work: () => Promise<T>,
  kept?: 'forGood',
): Promise<T> {
  const keyed = (input ?? {}) as Keyed;
  if (keyed.idempotencyKey == null) return work();
  requireUsable(keyed.idempotencyKey);
  const { tenantId, actor } = txScope(tx);
  const identity = [tenantId, actor.sub, command, keyed.idempotencyKey];
  const inputMac = macOf(tx, keyed);
  const days = kept === 'forGood' ? null : keptForDays;
  const taken = await rows<{ key: string }>(tx, takeKey, [...identity, inputMac, days]);
  if (taken.length === 0) return repeated<T>(tx, identity, inputMac);
  const result = await work();
  dispatch(tx, keepResult, [...identity, JSON.stringify(result)]);
  return result;
}

async function repeated<T>(tx: Tx, identity: string[], inputMac: string): Promise<T> {
  const [first] = await rows<{ inputMac: string | null; result: T }>(
    tx,
    `select input_mac as "inputMac", result from idempotency_key
      where tenant_id = $1 and sub = $2 and command = $3 and key = $4`,
    identity,
  );
  // Null: kept before inputs were hashed with a key.
  if (first === undefined || (first.inputMac !== null && first.inputMac !== inputMac)) {
    throw new DomainError('CONFLICT', 'IDEMPOTENCY_KEY_REUSED', { path: 'input.idempotencyKey' });
  }
  return first.result;
}
