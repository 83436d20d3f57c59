import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { paymentVoided } from '@steward/events';

import { lockTill } from '../db/cash-queries.ts';
import { clearingsOf } from '../db/clearing-queries.ts';
import { paymentAggregate } from '../db/counter-aggregates.ts';
import { postedTransaction } from '../db/ledger-transaction-queries.ts';
import { paymentAllocationEntity } from '../db/payment-entities.ts';
import { receiptOf, updateReceipt } from '../db/receipt-queries.ts';
import {
  haveRefunds,
  isTakenByProvider,
  lockAccounts,
  lockFreeAdvance,
  lockUnclaimedAdvance,
} from '../db/refund-queries.ts';
import type { OpenCharge } from '../domain/charge.ts';
import { isPromise } from '../domain/clearing-rules.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { postingsFromAdvance } from '../domain/credit-postings.ts';
import type { TransactionDraft } from '../domain/ledger.ts';
import type { Payment, PaymentAllocation } from '../domain/payment.ts';
import { voidReasons } from '../domain/receipt-rules.ts';
import type { VoidPaymentInput } from '../graphql/generated.ts';
import { askCorrection } from './correct-invoices.ts';
import { lockForAction } from './lock-counter.ts';
import { postTransactions } from './post-transactions.ts';
import { reopenDunning } from './reopen-dunning.ts';
import { saveAndTell } from './save-charging.ts';
import { lockOpenCharges, settleCharges } from './settle-charges.ts';
import { takeOffMeter } from './take-off-meter.ts';
import { takeOutOf } from './take-money.ts';

/** Cash that was counted and handed in does not come back through the till: it is a refund then. */
async function giveBackCash(tx: Tx, payment: Payment): Promise<void> {
  const { sessionId, amount, id } = payment;
  if (payment.means !== 'CASH' || sessionId === null) return;
  const till = await lockTill(tx, sessionId);
  if (till?.status !== 'OPEN') throw new DomainError('CONFLICT', 'SESSION_COUNTED', { rule: 'A076' });
  await takeOutOf(tx, till, { kind: 'VOID', amount, causeId: id, rule: 'A076' });
}

/** Money that the provider took, or that was given back, does not come back by a line in our books. */
async function checkReturned(tx: Tx, payment: Payment, parts: readonly PaymentAllocation[]): Promise<void> {
  if (await isTakenByProvider(tx, payment.id))
    throw new DomainError('CONFLICT', 'PROVIDER_HAS_MONEY', { rule: 'A076' });
  // What the bank has goes back as a refund; of what it had and gave back, the clearing was taken back before.
  if ((await clearingsOf(tx, [payment.id])).size > 0)
    throw new DomainError('CONFLICT', 'CLEARED_ALREADY', { rule: 'A076', params: { number: payment.number } });
  const chargeIds = parts.map(({ chargeId }) => chargeId);
  if (await haveRefunds(tx, chargeIds)) throw new DomainError('CONFLICT', 'PAYMENT_REFUNDED', { rule: 'A076' });
}

type Undone = { payment: Payment; parts: readonly PaymentAllocation[]; charges: readonly OpenCharge[] };

/** The exact opposite of the payment; what of it has become an advance is taken from there. */
async function postBack(tx: Tx, { payment, parts, charges }: Undone): Promise<void> {
  const { communityId, billingAccountId, advanceAmount, transactionId: reversesId } = payment;
  const takenBack = new Set(charges.filter(({ status }) => status === 'REVERSED').map(({ id }) => id));
  const gone = parts.filter(({ chargeId }) => takenBack.has(chargeId));
  const needed = gone.reduce((sum, { amount }) => sum + amount, advanceAmount);
  // A promise that is not kept takes back what nobody could spend.
  const lockAdvance = isPromise(payment.means) ? lockUnclaimedAdvance : lockFreeAdvance;
  if (needed > 0 && (await lockAdvance(tx, communityId, billingAccountId)) < needed)
    throw new DomainError('CONFLICT', 'ADVANCE_USED', { rule: 'A076' });
  const cause = { service: 'billing', aggregateType: paymentAggregate.type, id: payment.id };
  const posted = await postedTransaction(tx, reversesId);
  const postings = (posted?.postings ?? []).map((one) => ({ ...one, amount: -one.amount }));
  const drafts: TransactionDraft[] = [{ communityId, kind: 'REVERSAL', cause, reversesId, postings }];
  if (gone.length > 0)
    drafts.push({
      communityId,
      kind: 'ALLOCATION',
      cause,
      postings: postingsFromAdvance(payment.billingAccountId, gone),
    });
  await postTransactions(tx, drafts);
}

/** The receipt stays in its book, as void. */
async function voidReceipt(tx: Tx, payment: Payment, reasonCode: string): Promise<void> {
  const { now: voidedAt } = txScope(tx);
  const receipt = await receiptOf(tx, payment.receiptId);
  await updateReceipt(tx, receipt.id, { status: 'VOID', voidedAt, voidReason: reasonCode });
  const after = { ...payment, status: statusAfter('voidPayment') as 'VOIDED', voidedAt, voidReason: reasonCode };
  const note = { action: 'voidPayment', reasonCode, rule: 'A076' };
  const { id: paymentId, billingAccountId, amount, currency } = payment;
  const fact = { paymentId, billingAccountId, paid: { amount, currency }, receiptNumber: receipt.number, reasonCode };
  await saveAndTell(tx, paymentAggregate, { before: payment, after, note }, [paymentVoided, () => fact]);
}

/** Takes a payment back by the opposite posting; debts are open again and the receipt is kept as void (A076). */
export async function voidPayment(tx: Tx, input: VoidPaymentInput): Promise<{ id: string }> {
  const payment = await lockForAction(tx, paymentAggregate, 'voidPayment', input);
  const { reasonCode } = input;
  if (!voidReasons.includes(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', {
      path: 'input.reasonCode',
      params: { code: reasonCode },
    });
  // A meter is locked before the account of who is on it.
  await takeOffMeter(tx, payment);
  await lockAccounts(tx, [payment.billingAccountId]);
  const parts = await tx.findBy(paymentAllocationEntity, { paymentId: payment.id });
  await checkReturned(tx, payment, parts);
  const paidOn = new Map(parts.map(({ chargeId, amount: part }) => [chargeId, part]));
  const charges = await lockOpenCharges(tx, [...paidOn.keys()]);
  await postBack(tx, { payment, parts, charges });
  await giveBackCash(tx, payment);
  await voidReceipt(tx, payment, reasonCode);
  const back = charges.map((charge) => ({ charge, amount: -(paidOn.get(charge.id) ?? 0) }));
  await settleCharges(tx, back, { receiptNumber: null });
  await reopenDunning(tx, payment, charges);
  await askCorrection(tx, payment);
  return { id: payment.id };
}

voidPayment.repeats = 'forGood' as const;
