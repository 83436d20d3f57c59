import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { paymentVoided } from '@steward/events';

import { addEntry } from '../db/cash-queries.ts';
import { cashierSessionEntity } from '../db/cash-entities.ts';
import { paymentAggregate } from '../db/counter-aggregates.ts';
import { balancesOf } from '../db/ledger-queries.ts';
import { paymentAllocationEntity } from '../db/payment-entities.ts';
import { receiptOf, updateReceipt } from '../db/receipt-queries.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { paymentPostings } from '../domain/payment-postings.ts';
import type { Payment } from '../domain/payment.ts';
import { voidReasons } from '../domain/receipt-rules.ts';
import type { VoidPaymentInput } from '../graphql/generated.ts';
import { lockForAction } from './lock-counter.ts';
import { postTransactions } from './post-transactions.ts';
import { saveAndTell } from './save-charging.ts';
import { lockOpenCharges, settleCharges } from './settle-charges.ts';
import { moneyAccount } from './take-money.ts';

/** Cash that was counted and handed in does not come back through the till: it is a refund then. */
async function giveBackCash(tx: Tx, payment: Payment): Promise<void> {
  const { sessionId, communityId, amount, id } = payment;
  if (payment.means !== 'CASH' || sessionId === null) return;
  const session = await tx.findOneBy(cashierSessionEntity, { id: sessionId });
  if (session?.status !== 'OPEN') throw new DomainError('CONFLICT', 'SESSION_COUNTED', { rule: 'A076' });
  await addEntry(tx, { communityId, sessionId, kind: 'VOID', amount: -amount, causeId: id });
}

async function checkAdvance(tx: Tx, { communityId, billingAccountId, advanceAmount }: Payment): Promise<void> {
  if (advanceAmount === 0) return;
  const [balance = 0] = await balancesOf(tx, communityId, [{ type: 'ADVANCE', billingAccountId }]);
  if (-balance < advanceAmount) throw new DomainError('CONFLICT', 'ADVANCE_USED', { rule: 'A076' });
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
  await checkAdvance(tx, payment);
  const parts = await tx.findBy(paymentAllocationEntity, { paymentId: payment.id });
  const money = moneyAccount(payment.means, payment.sessionId);
  const cause = { service: 'billing', aggregateType: paymentAggregate.type, id: payment.id };
  const postings = paymentPostings(money, payment, parts).map((one) => ({ ...one, amount: -one.amount }));
  const { communityId, transactionId: reversesId } = payment;
  await postTransactions(tx, [{ communityId, kind: 'REVERSAL', cause, reversesId, postings }]);
  await giveBackCash(tx, payment);
  const { now: voidedAt } = txScope(tx);
  const receipt = await receiptOf(tx, payment.receiptId);
  await updateReceipt(tx, receipt.id, { status: 'VOID', voidedAt, voidReason: reasonCode });
  const after = { ...payment, status: statusAfter('voidPayment') as 'VOIDED', voidedAt, voidReason: reasonCode };
  const note = { action: 'voidPayment', reasonCode, rule: 'A076' };
  const { id: paymentId, billingAccountId, amount, currency } = payment;
  const fact = { paymentId, billingAccountId, paid: { amount, currency }, receiptNumber: receipt.number, reasonCode };
  await saveAndTell(tx, paymentAggregate, { before: payment, after, note }, [paymentVoided, () => fact]);
  const paidOn = new Map(parts.map(({ chargeId, amount: part }) => [chargeId, part]));
  const charges = await lockOpenCharges(tx, [...paidOn.keys()]);
  const back = charges.map((charge) => ({ charge, amount: -(paidOn.get(charge.id) ?? 0) }));
  await settleCharges(tx, back, { receiptNumber: null });
  return { id: payment.id };
}

voidPayment.repeats = 'forGood' as const;
