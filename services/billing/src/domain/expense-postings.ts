import type { AccountKey, PostingDraft } from './ledger.ts';

/** What an expense is for where nobody says; the budget calls it so too. */
export const otherExpense = 'OTHER';

/** Expenses by their codes in the order of these, against the money that paid them. */
export function expensePostings(
  lines: readonly { amount: number; code?: string }[],
  { account, amount }: { account: AccountKey; amount: number },
): PostingDraft[] {
  const sums = new Map<string, number>();
  for (const line of lines) {
    const code = line.code ?? otherExpense;
    sums.set(code, (sums.get(code) ?? 0) + line.amount);
  }
  const spent = [...sums].sort(([one], [other]) => one.localeCompare(other));
  return [
    ...spent.map(([chargeTypeCode, sum]) => ({ account: { type: 'EXPENSE' as const, chargeTypeCode }, amount: sum })),
    { account, amount: -amount },
  ];
}
