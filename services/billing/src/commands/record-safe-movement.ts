import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { safeMovementRecorded } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { authorize, insertAggregate, managedCommunity, nextNumber, notify, publish } from '@steward/service-kit';

import { safeMovementAggregate } from '../db/counter-aggregates.ts';
import { counterPrefixes } from '../domain/counter-policy.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { checkSafeMovement, setOutPostings } from '../domain/safe-rules.ts';
import type { SafeMovement } from '../domain/safe.ts';
import type { RecordSafeMovementInput } from '../graphql/generated.ts';
import { actingStaff } from './lock-counter.ts';
import { postTransactions } from './post-transactions.ts';
import { requireInSafe } from './take-from-safe.ts';

export const safeMovementFact = ({ id, direction, amount, currency }: SafeMovement) => ({
  safeMovementId: id,
  direction,
  moved: { amount, currency },
});

/** Cash sets out from the bank to the safe, or from the safe to the bank; another hand says that it arrived (A233). */
export async function recordSafeMovement(tx: Tx, input: RecordSafeMovementInput): Promise<{ id: string }> {
  const { communityId, direction, amount } = input;
  await authorize(tx, { communityId });
  const { timeZone: zone, currency } = await managedCommunity(tx, communityId);
  checkSafeMovement(input);
  const proofFileIds = [...input.proofFileIds];
  await requireUploaded(tx, proofFileIds, 'document', 'input.proofFileIds');
  if (direction === 'TO_BANK') await requireInSafe(tx, communityId, amount, 'A233');
  const id = newId();
  const cause = { service: 'billing', aggregateType: safeMovementAggregate.type, id };
  const postings = setOutPostings({ direction, amount });
  const [transactionId = ''] = await postTransactions(tx, [{ communityId, kind: 'CASH_MOVEMENT', cause, postings }]);
  const undecided = { decidedByStaff: null, decidedAt: null };
  const fresh = {
    id,
    communityId,
    number: await nextNumber(tx, communityId, counterPrefixes.safeMovement, zone),
    status: statusAfter('recordSafeMovement') as 'UNDER_WAY',
    direction,
    amount,
    currency,
    reference: input.reference.trim(),
    proofFileIds,
    recordedBy: txScope(tx).actor.sub,
    recordedByStaff: actingStaff(tx),
    transactionId,
    ...undecided,
  };
  const note = { action: 'recordSafeMovement', reasonCode: direction, rule: 'A233' };
  const movement = await insertAggregate(tx, safeMovementAggregate, fresh, note);
  publish(tx, movement, safeMovementRecorded, safeMovementFact(movement));
  const params = { number: movement.number, amount };
  const to = { role: 'supervisor' as const };
  await notify(tx, { communityId, to, template: 'safeMovementUnderWay', params, aggregateId: id });
  return { id };
}

// Cash moves once, however late the repetition.
recordSafeMovement.repeats = 'forGood' as const;
