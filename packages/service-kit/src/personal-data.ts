import { DomainError, errorFacts, isOutage, newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import { queryCanceled } from './errors.ts';
import { serviceOf } from './running.ts';

/** Encrypts a personal value for the transaction's tenant. */
export const seal = (tx: Tx, text: string): string => serviceOf(tx).cipher.seal(txScope(tx).tenantId, text);

export const sealOptional = (tx: Tx, text: string | null | undefined): string | null =>
  text == null ? null : seal(tx, text);

/** Opens a sealed value inside a command, e.g. to compare it; answers to clients open through the context. */
export const unseal = (tx: Tx, sealed: string): string => serviceOf(tx).cipher.open(txScope(tx).tenantId, sealed);

/** A blind index of an already normalised value, for searches by equality. */
export const blindIndex = (tx: Tx, normalised: string): string =>
  serviceOf(tx).cipher.index(txScope(tx).tenantId, normalised);

/** `138****5678`: enough to recognise, not enough to call; of a shorter number only the last two digits. */
export const maskPhone = (phone: string): string =>
  phone.length < 11
    ? `${'*'.repeat(Math.max(phone.length - 2, 0))}${phone.slice(-2)}`
    : `${phone.slice(0, 3)}****${phone.slice(-4)}`;

/** `张**`, `J****`: the first letter only. */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name];
  return first + '*'.repeat(rest.length);
}

/** Two characters are a word in Chinese: 停电, 缺料. */
export const shortestReason = 2;

/** Keeps who read which personal value in clear, and why; a reading that cannot be logged does not happen. */
export async function logReveal(
  tx: Tx,
  reveal: { aggregateType: string; aggregateId: string; fields: readonly string[]; reason: string },
): Promise<void> {
  if ([...reveal.reason.trim()].length < shortestReason)
    throw new DomainError('BAD_USER_INPUT', 'REASON_REQUIRED', { path: 'input.reason' });
  const { tenantId, actor, now } = txScope(tx);
  const { aggregateType, aggregateId, fields } = reveal;
  const what = [aggregateType, aggregateId, fields, seal(tx, reveal.reason)];
  await rows(
    tx,
    `insert into reveal_log (id, tenant_id, at, actor_kind, actor_id, actor_sub, aggregate_type, aggregate_id, fields, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [newId(), tenantId, now, actor.kind, actor.id, actor.sub, ...what],
  ).catch((error: unknown) => {
    throw notLogged(error);
  });
}

/** A database that is away or late says so itself; anything else is the log's own trouble, and its cause the operator's. */
function notLogged(cause: unknown): unknown {
  if (isOutage(cause) || errorFacts(cause).code === queryCanceled) return cause;
  return Object.assign(new DomainError('UNAVAILABLE', 'REVEAL_NOT_LOGGED'), { cause });
}
