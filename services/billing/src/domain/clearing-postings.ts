import type { AccountKey, PostingDraft } from './ledger.ts';

/** Fees of banks and acquirers among the expenses. */
export const bankFeeCode = 'BANK_FEE';

/**
 * The money goes to where it arrived. What an acquirer kept of it is an expense; what the provider of telephones kept is
 * booked by its daily file, and stays where that was booked.
 */
export function clearingPostings(
  to: AccountKey,
  { account, isByProvider }: { account: AccountKey; isByProvider: boolean },
  { amount, withheld }: { amount: number; withheld: number },
): PostingDraft[] {
  const fee = {
    account: { type: 'EXPENSE' as const, chargeTypeCode: bankFeeCode },
    amount: isByProvider ? 0 : withheld,
  };
  const came = { account: to, amount: amount - withheld };
  return [came, fee, { account, amount: -came.amount - fee.amount }].filter((posting) => posting.amount !== 0);
}
