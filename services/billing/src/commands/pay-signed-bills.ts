import type { Tx } from '@steward/db';
import { paymentCleared } from '@steward/events';
import { lockAggregates, saveAndTell } from '@steward/service-kit';

import { addClearing, takeClearingBack } from '../db/clearing-queries.ts';
import { paymentAggregate } from '../db/counter-aggregates.ts';
import { todayIn } from '../db/reference-queries.ts';
import { lockAccounts } from '../db/refund-queries.ts';
import { signedBillsOf, type PaidBill } from '../db/signed-bill-queries.ts';
import { clearingPostings } from '../domain/clearing-postings.ts';
import type { SignedBill } from '../domain/clearing-rules.ts';
import type { Payment } from '../domain/payment.ts';
import { oppositeOf } from './opposite-of.ts';
import { postTransactions } from './post-transactions.ts';
import { moneyOf } from './take-money.ts';

/**
 * What accounts have signed for and is not collected, the oldest debt first. Payments are locked before their accounts, as
 * by whoever clears or takes back one of them; where nothing is signed for, nothing is locked.
 */
export async function lockSignedBills(
  tx: Tx,
  communityId: string,
  billingAccountIds: readonly string[],
): Promise<SignedBill[]> {
  const found = await signedBillsOf(tx, communityId, billingAccountIds);
  if (found.length === 0) return [];
  await lockAggregates(
    tx,
    paymentAggregate,
    found.map(({ id }) => id),
  );
  await lockAccounts(tx, [...new Set(found.map(({ billingAccountId }) => billingAccountId))].sort());
  const locked = new Set(found.map(({ id }) => id));
  return (await signedBillsOf(tx, communityId, billingAccountIds)).filter(({ id }) => locked.has(id));
}

/** Pays locked bills out of the advance, where the money is or comes in the same transaction. */
export async function paySignedBills(
  tx: Tx,
  communityId: string,
  bills: readonly SignedBill[],
  paidByPaymentId: string | null,
): Promise<void> {
  if (bills.length === 0) return;
  const clearedOn = await todayIn(tx, communityId);
  const payments = await lockAggregates(
    tx,
    paymentAggregate,
    bills.map(({ id }) => id),
  );
  for (const payment of payments.values()) {
    const { id, billingAccountId, amount, currency, means } = payment;
    const cause = { service: 'billing', aggregateType: paymentAggregate.type, id };
    const lying = { account: moneyOf(payment), isByProvider: false };
    const postings = clearingPostings({ type: 'ADVANCE', billingAccountId }, lying, { amount, withheld: 0 });
    const [transactionId = null] = await postTransactions(tx, [{ communityId, kind: 'CLEARING', cause, postings }]);
    const place = 'ADVANCE' as const;
    const what = { communityId, paymentId: id, outcome: 'CLEARED' as const, place, clearedOn, paidByPaymentId };
    addClearing(tx, { ...what, bankReference: null, proofFileIds: [], withheldAmount: 0, transactionId });
    const fact = { paymentId: id, billingAccountId, means, paid: { amount, currency }, place, clearedOn };
    const step = { before: payment, after: payment, note: { action: 'clearMeans', reasonCode: place, rule: 'B045' } };
    await saveAndTell(tx, paymentAggregate, step, [
      paymentCleared,
      () => ({ ...fact, withheld: { amount: 0, currency } }),
    ]);
  }
}

/** The clearing of a payment stands no more, and where its money came to has it no more. */
export async function undoClearing(
  tx: Tx,
  { communityId, id }: Pick<Payment, 'communityId' | 'id'>,
  cleared: { id: string; transactionId: string | null },
): Promise<void> {
  await takeClearingBack(tx, cleared.id);
  const { transactionId: reversesId } = cleared;
  if (reversesId === null) return;
  const cause = { service: 'billing', aggregateType: paymentAggregate.type, id };
  await postTransactions(tx, [await oppositeOf(tx, { communityId, cause, reversesId })]);
}

/** Signed bills are owed again, and what they were paid with is in the advance again; answers how much. */
export async function reopenBills(tx: Tx, communityId: string, bills: readonly PaidBill[]): Promise<number> {
  for (const { paymentId, clearingId, transactionId } of bills)
    await undoClearing(tx, { communityId, id: paymentId }, { id: clearingId, transactionId });
  return bills.reduce((sum, { amount }) => sum + amount, 0);
}
