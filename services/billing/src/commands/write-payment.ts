import { newId } from '@steward/core';
import { addRows, txScope, type Tx } from '@steward/db';
import { paymentReceived } from '@steward/events';
import { insertAggregate, publish } from '@steward/service-kit';

import { paymentAggregate } from '../db/counter-aggregates.ts';
import { paymentAllocationEntity } from '../db/payment-entities.ts';
import { updateReceipt } from '../db/receipt-queries.ts';
import type { BillingAccount } from '../domain/billing-account.ts';
import type { CashierSession } from '../domain/cashier-session.ts';
import { counterPrefixes } from '../domain/counter-policy.ts';
import type { PaidPart } from '../domain/payment-postings.ts';
import { changeOf, type PaymentEntry } from '../domain/payment-rules.ts';
import type { Payment } from '../domain/payment.ts';
import type { Receipt } from '../domain/receipt.ts';
import { writeReceipt } from './write-receipt.ts';

/** Receipts of what nobody takes at a till: transfers, and payments by telephone. */
export const officeBook = 'W';

export type Paid = {
  account: BillingAccount;
  entry: PaymentEntry;
  session: CashierSession | null;
  /** Written before anybody went to the door. */
  prepared?: Receipt;
};

export const bookOf = ({ session }: Paid): string => session?.book ?? officeBook;

export type Written = {
  id: string;
  currency: string;
  /** In the book; null where the receipt is prepared. */
  place: number | null;
  transactionId: string;
  lines: readonly PaidPart[];
  advance: number;
  meterId: string | null;
  note: { action: string; rule: string };
};

type Leaf = Pick<Receipt, 'id' | 'number'>;

function newPayment({ account, entry, session }: Paid, written: Written, receipt: Leaf) {
  const { id, currency, transactionId, advance: advanceAmount, meterId } = written;
  const { communityId, id: billingAccountId, unitId, householdId } = account;
  const { means, amount, tendered, reference, receivedAt, confirmed, proofFileIds } = entry;
  return {
    id,
    communityId,
    // A payment is numbered as its receipt is: a number of the community's would be one row that all tills wait for.
    number: `${counterPrefixes.payment}-${receipt.number}`,
    status: 'RECEIVED' as const,
    billingAccountId,
    unitId,
    householdId,
    means,
    amount,
    currency,
    tendered,
    changeGiven: changeOf(entry),
    reference,
    confirmed: [...confirmed],
    proofFileIds: [...proofFileIds],
    receivedAt,
    sessionId: session?.id ?? null,
    advanceAmount,
    meterId,
    receiptId: receipt.id,
    transactionId,
    voidedAt: null,
    voidReason: null,
  };
}

async function receiptFor(tx: Tx, paid: Paid, { id: paymentId, currency, place }: Written): Promise<Leaf> {
  const { account, entry, prepared } = paid;
  if (prepared !== undefined) {
    await updateReceipt(tx, prepared.id, { status: 'ISSUED', issuedAt: txScope(tx).now, paymentId });
    return prepared;
  }
  if (place === null) throw new Error('a place is taken for whatever was not written before');
  const { communityId, id: billingAccountId } = account;
  const leaf = { communityId, book: bookOf(paid), billingAccountId, amount: entry.amount, currency };
  return writeReceipt(tx, { ...leaf, status: 'ISSUED', paymentId }, place);
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

/** Writes down money that was posted: the payment with its parts and its receipt, and tells of it. */
export async function writePayment(
  tx: Tx,
  paid: Paid,
  written: Written,
): Promise<{ payment: Payment; receiptNumber: string }> {
  const receipt = await receiptFor(tx, paid, written);
  const payment = await insertAggregate(tx, paymentAggregate, newPayment(paid, written, receipt), written.note);
  if (written.lines.length > 0) keepAllocations(tx, payment, written.lines);
  tell(tx, payment, receipt.number, written.lines);
  return { payment, receiptNumber: receipt.number };
}
