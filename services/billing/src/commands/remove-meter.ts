import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { meterRemoved } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { meterAggregate } from '../db/charging-aggregates.ts';
import { todayIn } from '../db/reference-queries.ts';
import type { RemoveMeterInput } from '../graphql/generated.ts';
import { meterFact, settleBalance } from './credit-prepaid.ts';

export async function removeMeter(tx: Tx, input: RemoveMeterInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, meterAggregate, input);
  const { removedOn } = input;
  const path = 'input.removedOn';
  if (before.removedOn !== null) throw new DomainError('CONFLICT', 'METER_REMOVED', { rule: 'A249' });
  if (removedOn > (await todayIn(tx, before.communityId))) {
    throw new DomainError('BAD_USER_INPUT', 'IN_THE_FUTURE', { path, rule: 'A249' });
  }
  // What was used up to the removal has to be read, or nobody pays for it.
  if (removedOn < before.lastReadOn) {
    throw new DomainError('BAD_USER_INPUT', 'READING_OUT_OF_ORDER', { path, rule: 'A249' });
  }
  // What is left on it stays the money of whoever it is.
  const settled = await settleBalance(tx, before);
  const step = { before, after: { ...settled, removedOn }, note: { action: 'removeMeter', rule: 'A249' } };
  await saveAndTell(tx, meterAggregate, step, [meterRemoved, (saved) => ({ ...meterFact(saved), removedOn })]);
  return { id: before.id };
}
