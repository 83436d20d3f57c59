import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { resolvePolicy } from '@steward/service-kit';

import { addEntry } from '../db/cash-queries.ts';
import { hasSignedOverdue } from '../db/clearing-queries.ts';
import { paymentAggregate } from '../db/counter-aggregates.ts';
import { communityOfBooks, todayIn } from '../db/reference-queries.ts';
import { takePlace } from '../db/receipt-queries.ts';
import { allocate, type AllocationWish } from '../domain/allocation-rules.ts';
import type { OpenCharge } from '../domain/charge.ts';
import { billsCovered, isOwedStill, isPromise, sumOfBills, type SignedBill } from '../domain/clearing-rules.ts';
import { counterPolicy } from '../domain/counter-policy.ts';
import { paymentPostings, type PaidPart } from '../domain/payment-postings.ts';
import { checkPayment } from '../domain/payment-rules.ts';
import type { Payment } from '../domain/payment.ts';
import { lockSignedBills, paySignedBills } from './pay-signed-bills.ts';
import { postTransactions } from './post-transactions.ts';
import { settleCharges, lockOpenChargesOf } from './settle-charges.ts';
import { settleDunning } from './settle-dunning.ts';
import { moneyOf } from './take-money.ts';
import { bookOf, writePayment, type Paid } from './write-payment.ts';

export type Taking = Paid & {
  wish: AllocationWish;
  /** The provider has the money: it is booked, whether the community takes advances or not. */
  isTaken?: boolean;
};

type Divided = {
  charges: readonly OpenCharge[];
  bills: readonly SignedBill[];
  parts: { charge: OpenCharge; amount: number }[];
  /** With what pays the bills. */
  advance: number;
};

type Owed = Pick<Divided, 'charges' | 'bills'>;

/**
 * What was signed for and is paid now another way, the oldest debt first, unless the payer names other debts; money alone
 * pays a promise.
 */
async function billsToPay(tx: Tx, { account, entry, wish }: Taking): Promise<SignedBill[]> {
  if (wish !== null || isPromise(entry.means)) return [];
  return billsCovered(await lockSignedBills(tx, account.communityId, [account.id]), entry.amount);
}

function divide({ entry, wish }: Taking, { charges, bills }: Owed, takesAdvances: boolean): Divided {
  const onBills = sumOfBills(bills);
  if (onBills > 0 && onBills === entry.amount) return { charges, bills, parts: [], advance: onBills };
  const { allocations, advance } = allocate(charges, entry.amount - onBills, wish, { takesAdvances });
  const byId = new Map(charges.map((charge) => [charge.id, charge]));
  const parts = allocations.map(({ chargeId, amount }) => ({ charge: byId.get(chargeId) as OpenCharge, amount }));
  return { charges, bills, parts, advance: advance + onBills };
}

const isOverdue = ({ dueOn, occurredOn }: OpenCharge, today: string): boolean => (dueOn ?? occurredOn) < today;

const linesOf = (parts: Divided['parts']): PaidPart[] =>
  parts.map(({ charge: { id: chargeId, chargeTypeCode }, amount }) => ({ chargeId, chargeTypeCode, amount }));

/** The postings of the money, and its line in the journal of the till. */
async function bookMoney(tx: Tx, { account, entry, session }: Taking, id: string, divided: Divided): Promise<string> {
  const { communityId, id: billingAccountId } = account;
  const { amount, means } = entry;
  const cause = { service: 'billing', aggregateType: paymentAggregate.type, id };
  const money = moneyOf({ id, means, sessionId: session?.id ?? null, billingAccountId });
  const paid = { billingAccountId, amount, advanceAmount: divided.advance };
  const postings = paymentPostings(money, paid, linesOf(divided.parts));
  const [transactionId = ''] = await postTransactions(tx, [{ communityId, kind: 'PAYMENT', cause, postings }]);
  if (means === 'CASH' && session !== null)
    await addEntry(tx, { communityId, sessionId: session.id, kind: 'RECEIPT', amount, causeId: id });
  return transactionId;
}

/** Dunning ends with the payment that leaves nothing overdue; what is signed for only is owed still. */
async function endDunning(
  tx: Tx,
  { communityId, billingAccountId, means }: Payment,
  { charges, bills, parts }: Divided,
): Promise<void> {
  if (isOwedStill(means)) return;
  const today = await todayIn(tx, communityId);
  const paidOn = new Map(parts.map(({ charge, amount }) => [charge.id, amount]));
  const isLeft = (charge: OpenCharge): boolean => charge.outstanding > (paidOn.get(charge.id) ?? 0);
  if (charges.some((charge) => isOverdue(charge, today) && isLeft(charge))) return;
  const paidNow = bills.map(({ id }) => id);
  const party = { communityId, billingAccountId };
  await settleDunning(tx, billingAccountId, () => hasSignedOverdue(tx, party, today, paidNow));
}

/** Nothing stands to anybody's good by a promise to pay; whether an advance is taken else, the community says. */
const takesAdvance = ({ entry, isTaken }: Taking, figures: { takesAdvances: boolean }): boolean =>
  !isOwedStill(entry.means) && (figures.takesAdvances || isTaken === true);

/** The one way in which money for charges is taken: allocation, receipt, postings, journal, and the end of dunning. */
export async function takePayment(tx: Tx, taking: Taking): Promise<Payment> {
  const { account, entry, session } = taking;
  const { communityId } = account;
  const bills = await billsToPay(tx, taking);
  // All that is read and locked is asked for at once; what is refused below gives back the place in the book.
  const [figures, { currency }, charges, place] = await Promise.all([
    resolvePolicy(tx, counterPolicy, communityId),
    communityOfBooks(tx, communityId),
    lockOpenChargesOf(tx, account.id),
    taking.prepared === undefined ? takePlace(tx, communityId, bookOf(taking)) : null,
  ]);
  checkPayment(entry, { now: txScope(tx).now, hasSession: session !== null, figures });
  const divided = divide(taking, { charges, bills }, takesAdvance(taking, figures));
  const lines = linesOf(divided.parts);
  const id = newId();
  const transactionId = await bookMoney(tx, taking, id, divided);
  const note = { action: 'recordPayment', rule: 'A075' };
  const written = { id, currency, place, transactionId, lines, advance: divided.advance, meterId: null, note };
  const { payment, receiptNumber } = await writePayment(tx, taking, written);
  await paySignedBills(tx, communityId, bills, id);
  await Promise.all([settleCharges(tx, divided.parts, { receiptNumber }), endDunning(tx, payment, divided)]);
  return payment;
}
