import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { safeCheckChecked } from '@steward/events';
import { meetDeadline } from '@steward/service-kit';

import { safeCheckAggregate } from '../db/counter-aggregates.ts';
import { checkSafeState } from '../domain/cash-rules.ts';
import type { CheckSafeInput } from '../graphql/generated.ts';
import { actingStaff, lockForAction } from './lock-counter.ts';
import { saveAndTell } from './save-charging.ts';

/** Before leaving: the safe is locked and its combination scrambled, both (A234). */
export async function checkSafe(tx: Tx, input: CheckSafeInput): Promise<{ id: string }> {
  const check = await lockForAction(tx, safeCheckAggregate, 'checkSafe', input);
  const { isLocked, isScrambled } = input;
  refuseAll(checkSafeState({ isLocked, isScrambled }));
  const { now: checkedAt } = txScope(tx);
  const after = { ...check, status: 'CHECKED' as const, isLocked, isScrambled, checkedAt, checkedBy: actingStaff(tx) };
  const fact = { safeCheckId: check.id, on: check.checkedOn, checkedAt: checkedAt.toISOString() };
  const step = { before: check, after, note: { action: 'checkSafe', rule: 'A234' } };
  const saved = await saveAndTell(tx, safeCheckAggregate, step, [safeCheckChecked, () => fact]);
  await meetDeadline(tx, saved, 'SAFE_CHECK');
  return { id: saved.id };
}
