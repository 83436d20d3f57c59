import { DomainError } from '@steward/core';

import { returnedRefundCode } from './charge-type-policy.ts';
import { depositTypes } from './ledger-policy.ts';
import { ledgerTransitions } from './ledger-transition-policy.ts';
import type { Charge, OpenCharge } from './charge.ts';
import type { AccountKey, PostingDraft } from './ledger.ts';

/** What of a charge its postings are made of. */
export type Sum = Pick<Charge, 'id' | 'billingAccountId' | 'chargeTypeCode' | 'amount' | 'taxAmount'>;

/** What is earned, or kept for whoever paid it, or was given back and has to come again. */
export function counterAccount({ billingAccountId, chargeTypeCode }: Sum): AccountKey {
  if (depositTypes.includes(chargeTypeCode)) return { type: 'DEPOSIT', billingAccountId, chargeTypeCode };
  return chargeTypeCode === returnedRefundCode
    ? { type: 'REFUND_PAYABLE', billingAccountId }
    : { type: 'REVENUE', chargeTypeCode };
}

/** The postings that raise a charge: owed with tax, earned without it. */
export function chargePostings(charge: Sum, against: AccountKey = counterAccount(charge)): PostingDraft[] {
  const { id, billingAccountId, chargeTypeCode, amount, taxAmount } = charge;
  const owed = { account: { type: 'RECEIVABLE' as const, billingAccountId, chargeTypeCode }, amount, chargeId: id };
  const earned = { account: against, amount: taxAmount - amount };
  const tax = { account: { type: 'TAX_PAYABLE' as const, chargeTypeCode }, amount: -taxAmount };
  return [owed, earned, tax].filter((posting) => posting.amount !== 0);
}

/** Why a charge cannot be taken back; null if it can. */
export function reversalRefusal({ status }: Pick<Charge, 'status'>) {
  const { from, rule } = ledgerTransitions.reverseCharge;
  const isPossible = (from as readonly string[]).includes(status);
  return isPossible ? null : { reason: 'ILLEGAL_TRANSITION', rule, params: { action: 'reverseCharge', status } };
}

/** Taken back; whatever was paid on it stands to the good of who paid from now on. */
export function reverse(charge: Charge, reasonCode: string, now: Date): Charge {
  const refusal = reversalRefusal(charge);
  if (refusal !== null) throw new DomainError('CONFLICT', refusal.reason, refusal);
  return { ...charge, status: 'REVERSED', reversedAt: now, reasonCode };
}

/** How far a charge is after `amount` was paid on it, or given back where it is negative. */
export function settle(charge: OpenCharge, amount: number, receiptNumber: string | null, now: Date): Charge {
  const { outstanding, ...row } = charge;
  const left = outstanding - amount;
  if (charge.status === 'REVERSED') return row;
  if (left > 0) return { ...row, status: 'OPEN', settledAt: null, receiptNumber: null };
  return row.status === 'SETTLED' ? row : { ...row, status: 'SETTLED', settledAt: now, receiptNumber };
}

/** A fee of another service is in the currency of the books, and what it is made of sums to it (B050). */
export function checkFee(
  fee: { amount: number; currency: string },
  currency: string,
  lines: readonly { amount: number }[] = [],
): void {
  if (fee.currency !== currency) throw new DomainError('CONFLICT', 'CURRENCY_MISMATCH', { rule: 'B050' });
  const sum = lines.reduce((total, { amount }) => total + amount, 0);
  if (lines.length > 0 && sum !== fee.amount)
    throw new DomainError('CONFLICT', 'FEE_LINES_MISMATCH', { rule: 'B050', params: { sum, fee: fee.amount } });
}
