import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { paymentVoided } from '@steward/events';
import { saveAndTell } from '@steward/service-kit';

import { lockTill } from '../db/cash-queries.ts';
import { clearingsOf } from '../db/clearing-queries.ts';
import { paymentAggregate } from '../db/counter-aggregates.ts';
import { paymentAllocationEntity } from '../db/payment-entities.ts';
import { appliedFromAdvance } from '../db/recall-queries.ts';
import { receiptOf, updateReceipt } from '../db/receipt-queries.ts';
import { billsPaidFromAdvance, type PaidBill } from '../db/signed-bill-queries.ts';
import { haveRefunds, isTakenByProvider, lockAccounts } from '../db/refund-queries.ts';
import type { OpenCharge } from '../domain/charge.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { postingsFromAdvance } from '../domain/credit-postings.ts';
import type { Payment, PaymentAllocation } from '../domain/payment.ts';
import { voidReasons } from '../domain/receipt-rules.ts';
import type { VoidPaymentInput } from '../graphql/generated.ts';
import { askCorrection } from './correct-invoices.ts';
import { lockForAction } from './lock-counter.ts';
import { reopenBills } from './pay-signed-bills.ts';
import { oppositeOf } from './opposite-of.ts';
import { postTransactions } from './post-transactions.ts';
import { recallAdvance, tellRecall } from './recall-advance.ts';
import { reopenDunning } from './reopen-dunning.ts';
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

/** What has to come out of the advance: what the payment made of it, and what of its parts has gone there since. */
function neededOf({ payment, parts, charges }: Undone): { gone: PaymentAllocation[]; needed: number } {
  const takenBack = new Set(charges.filter(({ status }) => status === 'REVERSED').map(({ id }) => id));
  const gone = parts.filter(({ chargeId }) => takenBack.has(chargeId));
  return { gone, needed: gone.reduce((sum, { amount }) => sum + amount, payment.advanceAmount) };
}

/** The exact opposite of the payment; what of it has become an advance is taken from there. */
async function postBack(tx: Tx, payment: Payment, gone: readonly PaymentAllocation[]): Promise<void> {
  const { communityId, billingAccountId, transactionId: reversesId } = payment;
  const cause = { service: 'billing', aggregateType: paymentAggregate.type, id: payment.id };
  const drafts = [await oppositeOf(tx, { communityId, cause, reversesId })];
  if (gone.length > 0)
    drafts.push({ communityId, kind: 'ALLOCATION', cause, postings: postingsFromAdvance(billingAccountId, gone) });
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

/** Signed bills that the payment paid, and those that may be owed again for what its advance is short of. */
async function billsOf(
  tx: Tx,
  { id, billingAccountId, advanceAmount }: Payment,
  isOpen: boolean,
): Promise<{ own: PaidBill[]; others: PaidBill[] }> {
  if (advanceAmount === 0) return { own: [], others: [] };
  const paid = await billsPaidFromAdvance(tx, billingAccountId);
  return {
    own: paid.filter(({ paidBy }) => paidBy === id),
    others: isOpen ? paid.filter(({ paidBy }) => paidBy === null) : [],
  };
}

/** Why a payment is taken back says whether there ever was money: of what never came nothing stands. */
const neverCame = ({ means }: Payment, reasonCode: string): boolean => reasonCode === 'NOT_PAID' && means !== 'CASH';

function requireReason(reasonCode: string): void {
  if (voidReasons.includes(reasonCode)) return;
  const params = { code: reasonCode };
  throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', { path: 'input.reasonCode', params });
}

/**
 * Takes a payment back by the opposite posting; debts are open again and the receipt is kept as void (A076). Of money that
 * never came, what its advance has paid or given back meanwhile is owed again.
 */
export async function voidPayment(tx: Tx, input: VoidPaymentInput): Promise<{ id: string; reopened: string[] }> {
  const payment = await lockForAction(tx, paymentAggregate, 'voidPayment', input);
  const { reasonCode } = input;
  const { communityId } = payment;
  requireReason(reasonCode);
  // A meter is locked before the account of who is on it.
  await takeOffMeter(tx, payment);
  await lockAccounts(tx, [payment.billingAccountId]);
  const parts = await tx.findBy(paymentAllocationEntity, { paymentId: payment.id });
  await checkReturned(tx, payment, parts);
  const applied = neverCame(payment, reasonCode) ? await appliedFromAdvance(tx, payment.billingAccountId) : null;
  const bills = await billsOf(tx, payment, applied !== null);
  const signed = [...bills.own, ...bills.others].flatMap(({ chargeIds }) => chargeIds);
  const paidOn = new Map(parts.map(({ chargeId, amount: part }) => [chargeId, part]));
  const ids = new Set([...paidOn.keys(), ...(applied ?? []).map(({ chargeId }) => chargeId), ...signed]);
  const charges = await lockOpenCharges(tx, [...ids]);
  const { gone, needed } = neededOf({ payment, parts, charges });
  const short = needed - (await reopenBills(tx, communityId, bills.own));
  const recalled = await recallAdvance(tx, payment, { needed: short, applied, charges, bills: bills.others });
  await postBack(tx, payment, gone);
  await giveBackCash(tx, payment);
  await voidReceipt(tx, payment, reasonCode);
  for (const { chargeId, amount } of recalled.parts) paidOn.set(chargeId, (paidOn.get(chargeId) ?? 0) + amount);
  const opened = charges.filter(({ id }) => paidOn.has(id));
  const back = opened.map((charge) => ({ charge, amount: -(paidOn.get(charge.id) ?? 0) }));
  await settleCharges(tx, back, { receiptNumber: null });
  const owed = new Set([...bills.own, ...recalled.bills].flatMap(({ chargeIds }) => chargeIds));
  await reopenDunning(tx, payment, [...opened, ...charges.filter(({ id }) => owed.has(id) && !paidOn.has(id))]);
  await askCorrection(tx, payment);
  const reopened = [...recalled.parts.map(({ chargeId }) => chargeId), ...recalled.raised];
  await tellRecall(tx, payment, reopened.length, needed);
  return { id: payment.id, reopened };
}

voidPayment.repeats = 'forGood' as const;
