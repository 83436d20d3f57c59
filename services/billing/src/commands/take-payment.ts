import { newId } from '@steward/core';
import { addRows, txScope, type Tx } from '@steward/db';
import { paymentReceived } from '@steward/events';
import { insertAggregate, publish, resolvePolicy } from '@steward/service-kit';

import { addEntry } from '../db/cash-queries.ts';
import { paymentAggregate } from '../db/counter-aggregates.ts';
import { paymentAllocationEntity } from '../db/payment-entities.ts';
import { communityOfBooks, todayIn } from '../db/reference-queries.ts';
import { takePlace, updateReceipt } from '../db/receipt-queries.ts';
import { allocate, type AllocationWish } from '../domain/allocation-rules.ts';
import type { BillingAccount } from '../domain/billing-account.ts';
import type { CashierSession } from '../domain/cashier-session.ts';
import type { OpenCharge } from '../domain/charge.ts';
import { counterPolicy, counterPrefixes } from '../domain/counter-policy.ts';
import { paymentPostings, type PaidPart } from '../domain/payment-postings.ts';
import { changeOf, checkPayment, type PaymentEntry } from '../domain/payment-rules.ts';
import type { Payment } from '../domain/payment.ts';
import type { Receipt } from '../domain/receipt.ts';
import { postTransactions } from './post-transactions.ts';
import { settleCharges, lockOpenChargesOf } from './settle-charges.ts';
import { settleDunning } from './settle-dunning.ts';
import { moneyAccount } from './take-money.ts';
import { writeReceipt } from './write-receipt.ts';

/** Receipts of what nobody takes at a till: transfers, and payments by telephone. */
export const officeBook = 'W';

export type Taking = {
  account: BillingAccount;
  entry: PaymentEntry;
  wish: AllocationWish;
  session: CashierSession | null;
  /** Written before anybody went to the door. */
  prepared?: Receipt;
};

const bookOf = ({ session }: Taking): string => session?.book ?? officeBook;

type Divided = { charges: readonly OpenCharge[]; parts: { charge: OpenCharge; amount: number }[]; advance: number };

function divide({ entry, wish }: Taking, charges: readonly OpenCharge[], takesAdvances: boolean): Divided {
  const { allocations, advance } = allocate(charges, entry.amount, wish, { takesAdvances });
  const byId = new Map(charges.map((charge) => [charge.id, charge]));
  const parts = allocations.map(({ chargeId, amount }) => ({ charge: byId.get(chargeId) as OpenCharge, amount }));
  return { charges, parts, advance };
}

const isOverdue = ({ dueOn, occurredOn }: OpenCharge, today: string): boolean => (dueOn ?? occurredOn) < today;

const linesOf = (parts: Divided['parts']): PaidPart[] =>
  parts.map(({ charge: { id: chargeId, chargeTypeCode }, amount }) => ({ chargeId, chargeTypeCode, amount }));

/** The postings of the money, and its line in the journal of the till. */
async function bookMoney(tx: Tx, { account, entry, session }: Taking, id: string, divided: Divided): Promise<string> {
  const { communityId, id: billingAccountId } = account;
  const { amount, means } = entry;
  const cause = { service: 'billing', aggregateType: paymentAggregate.type, id };
  const money = moneyAccount(means, session?.id ?? null);
  const paid = { billingAccountId, amount, advanceAmount: divided.advance };
  const postings = paymentPostings(money, paid, linesOf(divided.parts));
  const [transactionId = ''] = await postTransactions(tx, [{ communityId, kind: 'PAYMENT', cause, postings }]);
  if (means === 'CASH' && session !== null)
    await addEntry(tx, { communityId, sessionId: session.id, kind: 'RECEIPT', amount, causeId: id });
  return transactionId;
}

type Written = {
  id: string;
  number: string;
  currency: string;
  receiptId: string;
  transactionId: string;
  advance: number;
};

function newPayment({ account, entry, session }: Taking, { advance, ...written }: Written) {
  const { communityId, id: billingAccountId, unitId, householdId } = account;
  const { means, amount, tendered, reference, receivedAt, confirmed, proofFileIds } = entry;
  return {
    ...written,
    communityId,
    status: 'RECEIVED' as const,
    billingAccountId,
    unitId,
    householdId,
    means,
    amount,
    tendered,
    changeGiven: changeOf(entry),
    reference,
    confirmed: [...confirmed],
    proofFileIds: [...proofFileIds],
    receivedAt,
    sessionId: session?.id ?? null,
    advanceAmount: advance,
    voidedAt: null,
    voidReason: null,
  };
}

function keepAllocations(tx: Tx, { id: paymentId, tenantId }: Payment, lines: readonly PaidPart[]): void {
  addRows(
    tx,
    paymentAllocationEntity,
    lines.map((line) => ({ ...line, id: newId(), tenantId, paymentId })),
  );
}

function tell(tx: Tx, payment: Payment, receiptNumber: string, lines: readonly PaidPart[]): void {
  const { id: paymentId, billingAccountId, means, amount, currency, advanceAmount, sessionId } = payment;
  publish(tx, payment, paymentReceived, {
    paymentId,
    billingAccountId,
    means,
    paid: { amount, currency },
    advance: { amount: advanceAmount, currency },
    receiptNumber,
    sessionId,
    allocations: lines.map(({ chargeId, amount: part }) => ({ chargeId, amount: part })),
  });
}

/** Dunning ends with the payment that leaves nothing overdue. */
async function endDunning(
  tx: Tx,
  { communityId, billingAccountId }: Payment,
  { charges, parts }: Divided,
): Promise<void> {
  const today = await todayIn(tx, communityId);
  const paidOn = new Map(parts.map(({ charge, amount }) => [charge.id, amount]));
  const isLeft = (charge: OpenCharge): boolean => charge.outstanding > (paidOn.get(charge.id) ?? 0);
  if (!charges.some((charge) => isOverdue(charge, today) && isLeft(charge))) await settleDunning(tx, billingAccountId);
}

/** The one way in which money for charges is taken: allocation, receipt, postings, journal, and the end of dunning. */
export async function takePayment(tx: Tx, taking: Taking): Promise<Payment> {
  const { account, entry, session } = taking;
  const { communityId } = account;
  // All that is read and locked is asked for at once; what is refused below gives back the place in the book.
  const [figures, { currency }, charges, place] = await Promise.all([
    resolvePolicy(tx, counterPolicy, communityId),
    communityOfBooks(tx, communityId),
    lockOpenChargesOf(tx, account.id),
    taking.prepared === undefined ? takePlace(tx, communityId, bookOf(taking)) : null,
  ]);
  checkPayment(entry, { now: txScope(tx).now, hasSession: session !== null, figures });
  const divided = divide(taking, charges, figures.takesAdvances);
  const lines = linesOf(divided.parts);
  const id = newId();
  const transactionId = await bookMoney(tx, taking, id, divided);
  const receipt = await receiptFor(tx, taking, { id, currency, place });
  // A payment is numbered as its receipt is: a number of the community's would be one row that all tills wait for.
  const number = `${counterPrefixes.payment}-${receipt.number}`;
  const written = { id, number, currency, receiptId: receipt.id, transactionId, advance: divided.advance };
  const note = { action: 'recordPayment', rule: 'A075' };
  const payment = await insertAggregate(tx, paymentAggregate, newPayment(taking, written), note);
  keepAllocations(tx, payment, lines);
  tell(tx, payment, receipt.number, lines);
  await Promise.all([
    settleCharges(tx, divided.parts, { receiptNumber: receipt.number }),
    endDunning(tx, payment, divided),
  ]);
  return payment;
}

async function receiptFor(
  tx: Tx,
  taking: Taking,
  { id: paymentId, currency, place }: { id: string; currency: string; place: number | null },
): Promise<Pick<Receipt, 'id' | 'number'>> {
  const { account, entry, prepared } = taking;
  if (prepared !== undefined) {
    await updateReceipt(tx, prepared.id, { status: 'ISSUED', issuedAt: txScope(tx).now, paymentId });
    return prepared;
  }
  if (place === null) throw new Error('a place is taken for whatever was not written before');
  const { communityId, id: billingAccountId } = account;
  const leaf = { communityId, book: bookOf(taking), billingAccountId, amount: entry.amount, currency };
  return writeReceipt(tx, { ...leaf, status: 'ISSUED', paymentId }, place);
}
