import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { safeCheckChecked } from '@steward/events';
import { meetDeadline, notify, saveAndTell } from '@steward/service-kit';

import { safeCheckAggregate } from '../db/counter-aggregates.ts';
import { inSafe, lockSafe } from '../db/safe-queries.ts';
import { checkSafeState, countedCash } from '../domain/cash-rules.ts';
import type { SafeCheck } from '../domain/safe-check.ts';
import type { CheckSafeInput } from '../graphql/generated.ts';
import { actingStaff, lockForAction } from './lock-counter.ts';

/** What is counted and is not what the books say is told to who leads as it is (B043). */
async function tellDifference(tx: Tx, check: SafeCheck, counted: number, inBooks: number): Promise<void> {
  if (counted === inBooks) return;
  const { id: aggregateId, communityId, number } = check;
  const params = { number, counted, inBooks };
  for (const role of ['supervisor', 'director'] as const)
    await notify(tx, { communityId, to: { role }, template: 'safeDiffers', params, aggregateId });
}

/** Before leaving: the safe is locked and its combination scrambled, both (A234); what is in it by the books is kept. */
export async function checkSafe(tx: Tx, input: CheckSafeInput): Promise<{ id: string }> {
  const check = await lockForAction(tx, safeCheckAggregate, 'checkSafe', input);
  const { isLocked, isScrambled } = input;
  refuseAll(checkSafeState({ isLocked, isScrambled }));
  const { communityId } = check;
  await lockSafe(tx, communityId);
  const bookAmount = await inSafe(tx, communityId);
  const countedAmount = input.pieces == null ? null : countedCash(input.pieces);
  const { now: checkedAt } = txScope(tx);
  const done = { isLocked, isScrambled, checkedAt, checkedBy: actingStaff(tx), bookAmount, countedAmount };
  const after = { ...check, ...done, status: 'CHECKED' as const };
  const fact = { safeCheckId: check.id, on: check.checkedOn, checkedAt: checkedAt.toISOString() };
  const step = { before: check, after, note: { action: 'checkSafe', rule: 'A234' } };
  const saved = await saveAndTell(tx, safeCheckAggregate, step, [safeCheckChecked, () => fact]);
  if (countedAmount !== null) await tellDifference(tx, saved, countedAmount, bookAmount);
  await meetDeadline(tx, saved, 'SAFE_CHECK');
  return { id: saved.id };
}
