import { txScope, type Tx } from '@steward/db';
import { doorCollectionCollected } from '@steward/events';
import { meetDeadline, resolvePolicy, saveAndTell } from '@steward/service-kit';

import { doorCollectionAggregate } from '../db/counter-aggregates.ts';
import { receiptOf } from '../db/receipt-queries.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { confirmationItems, counterPolicy } from '../domain/counter-policy.ts';
import { isPunctual } from '../domain/door-collection-rules.ts';
import type { CollectAtDoorInput } from '../graphql/generated.ts';
import { accountIn, lockForAction } from './lock-counter.ts';
import { openSessionOf } from './take-money.ts';
import { takePayment } from './take-payment.ts';

/** The money is taken at the door against the receipt that was carried along (A077). */
export async function collectAtDoor(tx: Tx, input: CollectAtDoorInput): Promise<{ id: string }> {
  const agreed = await lockForAction(tx, doorCollectionAggregate, 'collectAtDoor', input);
  const { communityId, amount, billingAccountId } = agreed;
  const { now } = txScope(tx);
  const cameAt = input.cameAt ?? now;
  const account = await accountIn(tx, communityId, billingAccountId);
  const { means } = input;
  // What was confirmed for the appointment holds the five things of the desk.
  const entry = {
    means,
    amount,
    tendered: input.tendered ?? null,
    reference: input.reference?.trim() ?? null,
    proofFileIds: [],
    confirmed: confirmationItems,
    receivedAt: cameAt,
  };
  const prepared = await receiptOf(tx, agreed.receiptId);
  const payment = await takePayment(tx, {
    account,
    entry,
    wish: null,
    session: await openSessionOf(tx, communityId),
    prepared,
  });
  const figures = await resolvePolicy(tx, counterPolicy, communityId);
  const punctual = isPunctual(agreed.appointmentAt, cameAt, figures);
  const status = statusAfter('collectAtDoor') as 'COLLECTED';
  const after = { ...agreed, status, cameAt, isPunctual: punctual, paymentId: payment.id };
  const fact = {
    doorCollectionId: agreed.id,
    paymentId: payment.id,
    cameAt: cameAt.toISOString(),
    isPunctual: punctual,
  };
  const step = { before: agreed, after, note: { action: 'collectAtDoor', rule: 'A077' } };
  const saved = await saveAndTell(tx, doorCollectionAggregate, step, [doorCollectionCollected, () => fact]);
  await meetDeadline(tx, saved, 'DOOR_APPOINTMENT', cameAt);
  return { id: agreed.id };
}

collectAtDoor.repeats = 'forGood' as const;
