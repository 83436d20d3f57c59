import { lockCharges } from '@steward/billing/charge-queries';
import { postingsFromAdvance } from '@steward/billing/credit-postings';
import type { TransactionDraft } from '@steward/billing/ledger';
import { balancesOf } from '@steward/billing/ledger-queries';
import { flushPostings, postTransactions } from '@steward/billing/post-transactions';
import { lockAccounts } from '@steward/billing/refund-queries';
import { lockOpenChargesOf, settleCharges } from '@steward/billing/settle-charges';
import { takeBackCharge } from '@steward/billing/take-back-charge';
import { DomainError, newId } from '@steward/core';
import { rows, type Tx } from '@steward/db';

import { nothingMoved, type MoneyMove, type MoneyMoved } from './money-moves.ts';

export const cause = () => ({ service: 'billing', aggregateType: 'proof', id: newId() });

/** Oldest due first; what is more than is owed is an advance. */
export async function pay(
  tx: Tx,
  communityId: string,
  { billingAccountId, amount }: Extract<MoneyMove, { kind: 'pay' }>,
): Promise<MoneyMoved> {
  const open = await lockOpenChargesOf(tx, billingAccountId);
  let left = amount;
  const settlements = [];
  for (const charge of open) {
    const part = Math.min(left, charge.outstanding);
    if (part <= 0) continue;
    settlements.push({ charge, amount: part });
    left -= part;
  }
  const owed = settlements.map(({ charge, amount: part }) => ({
    account: { type: 'RECEIVABLE' as const, billingAccountId, chargeTypeCode: charge.chargeTypeCode },
    amount: -part,
    chargeId: charge.id,
  }));
  const advance = { account: { type: 'ADVANCE' as const, billingAccountId }, amount: -left };
  const postings = [{ account: { type: 'CASH_IN_HAND' as const }, amount }, ...owed, ...(left > 0 ? [advance] : [])];
  const transactionIds = await postTransactions(tx, [{ communityId, kind: 'PAYMENT', cause: cause(), postings }]);
  // No receipt is written here: what a charge says it was settled by has to be there.
  await settleCharges(tx, settlements, { receiptNumber: null });
  const changed = settlements.map(({ charge, amount: part }) => ({ chargeId: charge.id, amount: -part }));
  return { ...nothingMoved, changed, advance: left, cash: amount, transactionIds };
}

async function advanceOf(tx: Tx, communityId: string, billingAccountId: string): Promise<number> {
  const [balance = 0] = await balancesOf(tx, communityId, [{ type: 'ADVANCE', billingAccountId }]);
  return 0 - balance;
}

export async function giveBack(
  tx: Tx,
  communityId: string,
  { billingAccountId, amount }: Extract<MoneyMove, { kind: 'refund' }>,
): Promise<MoneyMoved> {
  await lockAccounts(tx, [billingAccountId]);
  if ((await advanceOf(tx, communityId, billingAccountId)) < amount) throw new DomainError('CONFLICT', 'NOT_SO_MUCH');
  const postings = [
    { account: { type: 'ADVANCE' as const, billingAccountId }, amount },
    { account: { type: 'CASH_IN_HAND' as const }, amount: -amount },
  ];
  const transactionIds = await postTransactions(tx, [{ communityId, kind: 'REFUND', cause: cause(), postings }]);
  return { ...nothingMoved, advance: -amount, cash: -amount, transactionIds };
}

type PaidLine = { type: string; chargeId: string | null; chargeTypeCode: string | null; amount: number };

const linesOf = (tx: Tx, transactionId: string): Promise<PaidLine[]> =>
  rows<PaidLine>(
    tx,
    `select a.type, p.charge_id as "chargeId", a.charge_type_code as "chargeTypeCode", p.amount
       from ledger_posting p join ledger_account a on a.id = p.account_id where p.transaction_id = $1 order by p.line`,
    [transactionId],
  );

/** The exact opposite of a payment; what it settled is owed again, what of it became an advance is taken from there. */
export async function voidPayment(
  tx: Tx,
  communityId: string,
  { transactionId, billingAccountId }: Extract<MoneyMove, { kind: 'void' }>,
): Promise<MoneyMoved> {
  await lockAccounts(tx, [billingAccountId]);
  const lines = await linesOf(tx, transactionId);
  const advance = lines.filter(({ type }) => type === 'ADVANCE').reduce((sum, { amount }) => sum - amount, 0);
  const parts = lines.flatMap(({ chargeId, chargeTypeCode, amount }) =>
    chargeId === null ? [] : [{ chargeId, chargeTypeCode: chargeTypeCode ?? '', amount: -amount }],
  );
  const paid = new Map(parts.map(({ chargeId, amount }) => [chargeId, amount]));
  const charges = await lockCharges(tx, [...paid.keys()]);
  const takenBack = new Set(charges.filter(({ status }) => status === 'REVERSED').map(({ id }) => id));
  const gone = parts.filter(({ chargeId }) => takenBack.has(chargeId));
  const needed = gone.reduce((sum, { amount }) => sum + amount, advance);
  if ((await advanceOf(tx, communityId, billingAccountId)) < needed) throw new DomainError('CONFLICT', 'NOT_SO_MUCH');
  const postings = lines.map(({ type, chargeId, chargeTypeCode, amount }) => ({
    account: {
      type: type as 'RECEIVABLE',
      billingAccountId: type === 'CASH_IN_HAND' ? null : billingAccountId,
      chargeTypeCode,
    },
    amount: -amount,
    chargeId,
  }));
  const drafts: TransactionDraft[] = [
    { communityId, kind: 'REVERSAL', cause: cause(), reversesId: transactionId, postings },
  ];
  if (gone.length > 0) {
    const fromAdvance = postingsFromAdvance(billingAccountId, gone);
    drafts.push({ communityId, kind: 'ALLOCATION', cause: cause(), postings: fromAdvance });
  }
  const transactionIds = await postTransactions(tx, drafts);
  const settlements = charges.map((charge) => ({ charge, amount: -(paid.get(charge.id) ?? 0) }));
  await settleCharges(tx, settlements, { receiptNumber: null });
  const changed = parts
    .filter(({ chargeId }) => !takenBack.has(chargeId))
    .map(({ chargeId, amount }) => ({ chargeId, amount }));
  const cash = lines.filter(({ type }) => type === 'CASH_IN_HAND').reduce((sum, { amount }) => sum - amount, 0);
  return { ...nothingMoved, changed, advance: -needed, cash, transactionIds };
}

/** Nothing is owed of the charge any more; what was paid on it, up to the moment it was locked, is an advance. */
export async function takeBack(tx: Tx, chargeId: string): Promise<MoneyMoved> {
  const { amount } = await takeBackCharge(tx, chargeId, { reasonCode: 'WRONG_AMOUNT' });
  flushPostings(tx);
  const moved = await rows<{ id: string; paid: number }>(
    tx,
    `select t.id, p.amount as paid from ledger_transaction t
       join ledger_posting p on p.transaction_id = t.id and p.charge_id = $1
      where t.cause_id = $1 and t.kind = 'ALLOCATION'`,
    [chargeId],
  );
  const paid = moved.reduce((sum, one) => sum + one.paid, 0);
  const changed = [{ chargeId, amount: paid - amount }];
  return { ...nothingMoved, changed, advance: paid, transactionIds: moved.map(({ id }) => id) };
}
