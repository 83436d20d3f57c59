import type { AccountKey, PostingDraft } from './ledger.ts';

export type PaidPart = { chargeId: string; chargeTypeCode: string; amount: number };

/** Money in, debts out, the rest to the good of the payer. */
export function paymentPostings(
  money: AccountKey,
  payment: { billingAccountId: string; amount: number; advanceAmount: number },
  parts: readonly PaidPart[],
): PostingDraft[] {
  const { billingAccountId, amount, advanceAmount } = payment;
  const settled = parts.map(({ chargeId, chargeTypeCode, amount: part }) => ({
    account: { type: 'RECEIVABLE' as const, billingAccountId, chargeTypeCode },
    amount: -part,
    chargeId,
  }));
  const advance = { account: { type: 'ADVANCE' as const, billingAccountId }, amount: -advanceAmount };
  return [{ account: money, amount }, ...settled, advance].filter((posting) => posting.amount !== 0);
}
