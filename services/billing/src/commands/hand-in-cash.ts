import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { cashierSessionHandedIn } from '@steward/events';
import { meetDeadline, saveAndTell } from '@steward/service-kit';

import { cashierSessionAggregate } from '../db/counter-aggregates.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import type { HandInCashInput } from '../graphql/generated.ts';
import { actingStaff, lockForAction } from './lock-counter.ts';
import { postTransactions } from './post-transactions.ts';

/** The bag is with finance, the same day, on a deposit slip (A233, B047); what is not paid in at once lies in the safe. */
export async function handInCash(tx: Tx, input: HandInCashInput): Promise<{ id: string }> {
  const session = await lockForAction(tx, cashierSessionAggregate, 'handInCash', input);
  const { id: sessionId, cashierId, communityId, currency, dropAmount } = session;
  const depositSlip = input.depositSlip.trim();
  if (depositSlip === '')
    throw new DomainError('BAD_USER_INPUT', 'DEPOSIT_SLIP_REQUIRED', { path: 'input.depositSlip', rule: 'B047' });
  const receivedBy = actingStaff(tx);
  // Who brings the bag does not say alone that it arrived.
  if (receivedBy === cashierId) throw new DomainError('FORBIDDEN', 'RECEIVER_IS_CASHIER', { rule: 'A233' });
  const { now: handedInAt } = txScope(tx);
  const amount = dropAmount ?? 0;
  const status = statusAfter('handInCash') as 'HANDED_IN';
  const place = input.place ?? 'BANK';
  const after = { ...session, status, depositSlip, handedInAt, receivedBy, handInPlace: place };
  const fact = { sessionId, cashierId, handedIn: { amount, currency }, handedInAt: handedInAt.toISOString() };
  const step = { before: session, after, note: { action: 'handInCash', rule: 'A233' } };
  const saved = await saveAndTell(tx, cashierSessionAggregate, step, [cashierSessionHandedIn, () => fact]);
  await meetDeadline(tx, saved, 'CASH_HAND_IN');
  if (amount === 0) return { id: sessionId };
  const cause = { service: 'billing', aggregateType: cashierSessionAggregate.type, id: sessionId };
  const postings = [
    { account: { type: place === 'SAFE' ? ('CASH_IN_SAFE' as const) : ('BANK' as const) }, amount },
    { account: { type: 'CASH_IN_TRANSIT' as const }, amount: -amount },
  ];
  await postTransactions(tx, [{ communityId, kind: 'CASH_MOVEMENT', cause, postings }]);
  return { id: sessionId };
}
