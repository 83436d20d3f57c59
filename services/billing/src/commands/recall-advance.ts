import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { notify } from '@steward/service-kit';

import { paymentAggregate } from '../db/counter-aggregates.ts';
import { hasOpenRefund } from '../db/recall-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { lockFreeAdvance, lockUnclaimedAdvance } from '../db/refund-queries.ts';
import type { PaidBill } from '../db/signed-bill-queries.ts';
import { returnedRefundCode } from '../domain/charge-type-policy.ts';
import type { OpenCharge } from '../domain/charge.ts';
import { billsFor, isPromise } from '../domain/clearing-rules.ts';
import type { Payment } from '../domain/payment.ts';
import { recalledParts, type AppliedPart, type RecalledPart } from '../domain/recall-rules.ts';
import { reopenBills } from './pay-signed-bills.ts';
import { postTransactions } from './post-transactions.ts';
import { raiseCharge } from './raise-charge.ts';

type Wanted = {
  /** To be taken out of the advance. */
  needed: number;
  /** What was paid from the advance; null where that has to stand. */
  applied: readonly AppliedPart[] | null;
  charges: readonly OpenCharge[];
  /** Signed bills that were paid from what stands to the good of the payer, the last first; none where that has to stand. */
  bills: readonly PaidBill[];
};

type Recalled = { parts: RecalledPart[]; raised: string[]; bills: readonly PaidBill[] };

const nothing: Recalled = { parts: [], raised: [], bills: [] };

const refuse = (reason: string): never => {
  throw new DomainError('CONFLICT', reason, { rule: 'A076' });
};

/** What charges were paid goes back to the advance, whence it came. */
async function reopen(tx: Tx, { communityId, billingAccountId }: Payment, parts: RecalledPart[]): Promise<void> {
  const owed = parts.map(({ chargeId, chargeTypeCode, amount }) => ({
    account: { type: 'RECEIVABLE' as const, billingAccountId, chargeTypeCode },
    amount,
    chargeId,
  }));
  const sum = parts.reduce((total, { amount }) => total + amount, 0);
  const cause = { service: 'billing', aggregateType: 'billing-account', id: billingAccountId };
  const postings = [...owed, { account: { type: 'ADVANCE' as const, billingAccountId }, amount: -sum }];
  await postTransactions(tx, [{ communityId, kind: 'ALLOCATION', cause, postings }]);
}

/** Money went out for it that never came in: whoever got it owes it, from today. */
async function claimBack(tx: Tx, payment: Payment, amount: number): Promise<string> {
  const { id, communityId, billingAccountId, unitId, householdId } = payment;
  const cause = { service: 'billing', aggregateType: paymentAggregate.type, id };
  const owes = { communityId, billingAccountId, unitId, householdId, amount, cause };
  const dueOn = await todayIn(tx, communityId);
  const charge = await raiseCharge(tx, { ...owes, chargeTypeCode: returnedRefundCode, dueOn });
  const postings = [
    { account: { type: 'REFUND_PAYABLE' as const, billingAccountId }, amount },
    { account: { type: 'ADVANCE' as const, billingAccountId }, amount: -amount },
  ];
  await postTransactions(tx, [{ communityId, kind: 'ALLOCATION', cause, postings }]);
  return charge.id;
}

/**
 * Puts into the advance what a payment that is taken back has to take out of it and what is not there any more: charges that
 * were paid from it are open again, the newest first, then signed bills; what was given back of it is owed. Where it has to stand, and while a
 * refund is not paid that could still be withdrawn, the payment cannot be taken back.
 */
export async function recallAdvance(tx: Tx, payment: Payment, wanted: Wanted): Promise<Recalled> {
  const { needed, applied, charges, bills } = wanted;
  if (needed === 0) return nothing;
  const { communityId, billingAccountId, means } = payment;
  // A promise that is not kept takes back what nobody could spend.
  const lockAdvance = isPromise(means) ? lockUnclaimedAdvance : lockFreeAdvance;
  const short = needed - (await lockAdvance(tx, communityId, billingAccountId));
  if (short <= 0) return nothing;
  if (applied === null) return refuse('ADVANCE_USED');
  const parts = recalledParts(applied, charges, short);
  const unmet = parts.reduce((rest, { amount }) => rest - amount, short);
  // Bills go back whole: what is more than is needed stays in the advance.
  const owedAgain = billsFor(bills, unmet);
  const left = Math.max(unmet - (await reopenBills(tx, communityId, owedAgain)), 0);
  if (left > 0 && (await hasOpenRefund(tx, billingAccountId))) refuse('PAYMENT_REFUNDED');
  if (parts.length > 0) await reopen(tx, payment, parts);
  return { parts, raised: left > 0 ? [await claimBack(tx, payment, left)] : [], bills: owedAgain };
}

/** Whoever leads the counter hears what is owed again. */
export async function tellRecall(tx: Tx, payment: Payment, count: number, amount: number): Promise<void> {
  if (count === 0) return;
  const { id: aggregateId, communityId, number } = payment;
  const params = { number, amount, count };
  for (const role of ['cashier', 'supervisor'] as const)
    await notify(tx, { communityId, to: { role }, template: 'advanceRecalled', params, aggregateId });
}
