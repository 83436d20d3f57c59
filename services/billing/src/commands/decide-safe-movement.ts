import { txScope, type Tx } from '@steward/db';
import { safeMovementDecided } from '@steward/events';
import { saveAndTell } from '@steward/service-kit';

import { safeMovementAggregate } from '../db/counter-aggregates.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { checkOtherHand } from '../domain/refund-rules.ts';
import { arrivedPostings } from '../domain/safe-rules.ts';
import type { DecideSafeMovementInput } from '../graphql/generated.ts';
import { actingStaff, lockForAction } from './lock-counter.ts';
import { oppositeOf } from './opposite-of.ts';
import { postTransactions } from './post-transactions.ts';
import { safeMovementFact } from './record-safe-movement.ts';

/** Another hand has counted the cash into the safe or holds the bank's slip; or it did not happen, and is where it was (A233). */
export async function decideSafeMovement(tx: Tx, input: DecideSafeMovementInput): Promise<{ id: string }> {
  const movement = await lockForAction(tx, safeMovementAggregate, 'decideSafeMovement', input);
  const { id, communityId, recordedBy, transactionId: reversesId } = movement;
  const { actor, now: decidedAt } = txScope(tx);
  checkOtherHand(actor.sub, [recordedBy]);
  const { isConfirmed } = input;
  const status = statusAfter('decideSafeMovement', isConfirmed ? 0 : 1) as 'CONFIRMED' | 'REJECTED';
  const after = { ...movement, status, decidedAt, decidedByStaff: actingStaff(tx) };
  const note = { action: 'decideSafeMovement', reasonCode: status, rule: 'A233' };
  const fact = { ...safeMovementFact(movement), isConfirmed };
  await saveAndTell(tx, safeMovementAggregate, { before: movement, after, note }, [safeMovementDecided, () => fact]);
  const cause = { service: 'billing', aggregateType: safeMovementAggregate.type, id };
  if (isConfirmed) {
    await postTransactions(tx, [{ communityId, kind: 'CASH_MOVEMENT', cause, postings: arrivedPostings(movement) }]);
    return { id };
  }
  await postTransactions(tx, [await oppositeOf(tx, { communityId, cause, reversesId })]);
  return { id };
}

decideSafeMovement.repeats = 'forGood' as const;
