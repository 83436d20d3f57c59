import { DomainError, type Violation } from '@steward/core';

import type { OpenCharge } from './charge.ts';
import { waiverTransitions } from './charges-transition-policy.ts';
import { stepsOf } from './charges-steps.ts';
import { taxWithin } from './credit-postings.ts';
import type { PostingDraft } from './ledger.ts';
import { neverWaived, waiverReasons } from './waiver-policy.ts';
import type { Waiver } from './waiver.ts';

export const waiverSteps = stepsOf<Waiver, keyof typeof waiverTransitions>(waiverTransitions);

const rule = 'A018';

type Terms = { amount: number; reasonCode: string; explanation: string; occurredOn: string | null };

/** Everything that is wrong with a waiver as it is asked for. */
export function waiverViolations(terms: Terms, charge: { occurredOn: string }, today: string): Violation[] {
  const { amount, reasonCode, explanation, occurredOn } = terms;
  const violations: Violation[] = [];
  if (amount < 1) violations.push({ path: 'input.amount', reason: 'AMOUNT_NOT_POSITIVE', rule });
  if (!waiverReasons.includes(reasonCode))
    violations.push({ path: 'input.reasonCode', reason: 'REASON_UNKNOWN', rule, params: { code: reasonCode } });
  if (explanation === '') violations.push({ path: 'input.explanation', reason: 'TEXT_REQUIRED', rule });
  if (occurredOn !== null && occurredOn > today)
    violations.push({ path: 'input.occurredOn', reason: 'IN_THE_FUTURE', rule });
  if (occurredOn !== null && occurredOn < charge.occurredOn)
    violations.push({ path: 'input.occurredOn', reason: 'BEFORE_CHARGE', rule });
  return violations;
}

type Owed = Pick<OpenCharge, 'status' | 'chargeTypeCode' | 'outstanding'>;

/** Only what is owed is forgiven, and no more than is left of it; what others ask to forgive counts already. */
export function checkWaivable({ status, chargeTypeCode, outstanding }: Owed, amount: number, asked: number): void {
  if (neverWaived.includes(chargeTypeCode))
    throw new DomainError('BAD_USER_INPUT', 'CHARGE_TYPE_NOT_WAIVED', { path: 'input.chargeId', rule });
  if (status !== 'OPEN') throw new DomainError('CONFLICT', 'CHARGE_NOT_OPEN', { rule, params: { status } });
  const available = outstanding - asked;
  if (amount > available)
    throw new DomainError('CONFLICT', 'WAIVER_EXCEEDS_DEBT', { path: 'input.amount', rule, params: { available } });
}

/** The tax in what is forgiven; with what was forgiven and given back before, it makes up the whole. */
export const taxOfWaiver = (
  charge: Parameters<typeof taxWithin>[0],
  amount: number,
  before: { amount: number; tax: number },
): number => taxWithin(charge, before.amount + amount) - before.tax;

/** Less is owed, and what was earned is done without; its tax is not owed either. `sign` -1 is the exact opposite. */
export function waiverPostings(waiver: Waiver, sign: 1 | -1 = 1): PostingDraft[] {
  const { billingAccountId, chargeTypeCode, chargeId, amount, taxAmount } = waiver;
  const owed = {
    account: { type: 'RECEIVABLE' as const, billingAccountId, chargeTypeCode },
    amount: -amount,
    chargeId,
  };
  const waived = { account: { type: 'WAIVER' as const, chargeTypeCode }, amount: amount - taxAmount };
  const tax = { account: { type: 'TAX_PAYABLE' as const, chargeTypeCode }, amount: taxAmount };
  return [owed, waived, tax]
    .filter((posting) => posting.amount !== 0)
    .map((posting) => ({ ...posting, amount: sign * posting.amount }));
}
