import { counterAccount, type Sum } from './charge-rules.ts';
import { Exact, roundedQuotient } from './exact.ts';
import type { PostingDraft } from './ledger.ts';
import type { PaidPart } from './payment-postings.ts';

/** What parts of a charge that were given back have taken: from what was earned or kept, and of its tax. */
type Given = { kept: number; tax: number };

/** The tax in a part of a charge; parts that make it up have its whole tax. */
export const taxWithin = ({ amount, taxAmount }: Sum, part: number): number =>
  roundedQuotient(new Exact(taxAmount).times(part), amount);

const nonZero = ({ amount }: PostingDraft): boolean => amount !== 0;

const taxAccount = ({ chargeTypeCode }: Sum) => ({ type: 'TAX_PAYABLE' as const, chargeTypeCode });

/** What a part of a paid charge is given back from: its price is less by that much, or less of a security is kept. */
export function partPostings(charge: Sum, given: Given, part: number): PostingDraft[] {
  const tax = taxWithin(charge, given.kept + given.tax + part) - given.tax;
  return [
    { account: counterAccount(charge), amount: part - tax },
    { account: taxAccount(charge), amount: tax },
  ].filter(nonZero);
}

/**
 * Moves what was paid on a charge that is taken back to the good of who paid. What parts given back have taken is put back
 * first: the reversal takes the whole of it once more.
 */
export function creditPostings(charge: Sum, paid: number, given: Given): PostingDraft[] {
  const { id: chargeId, billingAccountId, chargeTypeCode } = charge;
  const owed = { account: { type: 'RECEIVABLE' as const, billingAccountId, chargeTypeCode }, amount: paid, chargeId };
  const kept = { account: counterAccount(charge), amount: -given.kept };
  const tax = { account: taxAccount(charge), amount: -given.tax };
  const advance = { account: { type: 'ADVANCE' as const, billingAccountId }, amount: given.kept + given.tax - paid };
  return [owed, kept, tax, advance].filter(nonZero);
}

/** Takes what went to the advance when charges were taken back from there, for a payment that was none. */
export function postingsFromAdvance(billingAccountId: string, gone: readonly PaidPart[]): PostingDraft[] {
  const advance = gone.map(({ amount }) => ({ account: { type: 'ADVANCE' as const, billingAccountId }, amount }));
  const owed = gone.map(({ chargeId, chargeTypeCode, amount }) => ({
    account: { type: 'RECEIVABLE' as const, billingAccountId, chargeTypeCode },
    amount: -amount,
    chargeId,
  }));
  return [...advance, ...owed];
}
