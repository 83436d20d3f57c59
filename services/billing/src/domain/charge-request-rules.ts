import { DomainError, type Violation } from '@steward/core';

import { byHandTypes, chargeRequestReasons, correction } from './charge-request-policy.ts';
import type { ChargeRequest } from './charge-request.ts';
import { chargeTypeOf } from './charge-type-policy.ts';
import { stepsOf } from './charges-steps.ts';
import { chargeRequestTransitions } from './charges-transition-policy.ts';
import { Exact, isDecimal, roundedQuotient } from './exact.ts';
import { mostAmount } from './money-policy.ts';

export const chargeRequestSteps = stepsOf<ChargeRequest, keyof typeof chargeRequestTransitions>(
  chargeRequestTransitions,
);

const rule = 'B011';

type Price = { amount: number | null; quantity: string | null; rate: string | null };

/** What is multiplied, by what, and what it comes to; an amount is one time itself. */
export type Sum = { quantity: string; rate: string; amount: number };

/** What an amount, or a quantity and its unit price, come to; halves up. The violations if they come to nothing. */
export function sumOf({ amount, quantity, rate }: Price): Sum | Violation[] {
  const refused = (path: string, reason: string, params = {}): Violation[] => [
    { path: `input.${path}`, reason, rule, params },
  ];
  const isPriced = quantity !== null && rate !== null;
  if ((amount === null) !== isPriced || (quantity === null) !== (rate === null))
    return refused('amount', 'AMOUNT_OR_PRICE');
  if (amount !== null)
    return amount < 1 ? refused('amount', 'AMOUNT_NOT_POSITIVE') : { quantity: '1', rate: `${amount}`, amount };
  for (const [path, text] of [
    ['quantity', quantity ?? ''],
    ['unitPrice', rate ?? ''],
  ] as const)
    if (!isDecimal(text)) return refused(path, 'NOT_A_DECIMAL');
  const sum = roundedQuotient(new Exact(quantity ?? 0).times(rate ?? 0), 1);
  if (sum < 1) return refused('quantity', 'AMOUNT_NOT_POSITIVE');
  const most = mostAmount.value;
  if (sum > most) return refused('quantity', 'AMOUNT_TOO_LARGE', { most });
  return { quantity: quantity ?? '', rate: rate ?? '', amount: sum };
}

type Terms = Pick<ChargeRequest, 'chargeTypeCode' | 'occurredOn' | 'periodFrom' | 'periodTo' | 'reasonCode'> & {
  explanation: string;
  replacesChargeId: string | null;
};

/** What is wrong with the days: what is of days needs them, both, in order; the day of the books is not in the future. */
function dayViolations({ chargeTypeCode, occurredOn, periodFrom, periodTo }: Terms, today: string): Violation[] {
  const violations: Violation[] = [];
  const isNeeded = byHandTypes[chargeTypeCode]?.isOfDays === true;
  if ((periodFrom === null) !== (periodTo === null) || (isNeeded && periodFrom === null))
    violations.push({ path: 'input.periodFrom', reason: 'PERIOD_UNFIT', rule });
  else if (periodFrom !== null && periodTo !== null && periodTo <= periodFrom)
    violations.push({ path: 'input.periodTo', reason: 'ENDS_BEFORE_START', rule });
  if (occurredOn !== null && occurredOn > today)
    violations.push({ path: 'input.occurredOn', reason: 'IN_THE_FUTURE', rule });
  return violations;
}

/** Everything that is wrong with a single charge as it is asked for, but for its sum. */
export function requestViolations(terms: Terms, today: string): Violation[] {
  const { chargeTypeCode: code, reasonCode, explanation, replacesChargeId } = terms;
  const violations = dayViolations(terms, today);
  if (chargeTypeOf(code) === undefined)
    violations.push({ path: 'input.chargeTypeCode', reason: 'CHARGE_TYPE_UNKNOWN', rule });
  else if (byHandTypes[code] === undefined)
    violations.push({ path: 'input.chargeTypeCode', reason: 'CHARGE_TYPE_NOT_BY_HAND', rule });
  if (!chargeRequestReasons.includes(reasonCode))
    violations.push({ path: 'input.reasonCode', reason: 'REASON_UNKNOWN', rule, params: { code: reasonCode } });
  else if ((reasonCode === correction) !== (replacesChargeId !== null))
    violations.push({ path: 'input.replacesChargeId', reason: 'REPLACED_UNFIT', rule });
  if (explanation === '') violations.push({ path: 'input.explanation', reason: 'TEXT_REQUIRED', rule });
  return violations;
}

/** The charge that is replaced: one of the same account and kind that was taken back. */
type Replaced = { billingAccountId: string; chargeTypeCode: string; status: string };

/** Only what was taken back is charged anew in its place, to the same account, and once (A013). */
export function checkReplaced(
  request: { billingAccountId: string; chargeTypeCode: string },
  replaced: Replaced | null,
  isReplaced: boolean,
): void {
  const path = 'input.replacesChargeId';
  const isFit =
    replaced?.status === 'REVERSED' &&
    replaced.billingAccountId === request.billingAccountId &&
    replaced.chargeTypeCode === request.chargeTypeCode;
  if (!isFit) throw new DomainError('BAD_USER_INPUT', 'REPLACED_UNFIT', { path, rule: 'A013' });
  if (isReplaced) throw new DomainError('CONFLICT', 'REPLACED_ALREADY', { path, rule: 'A013' });
}

/** Days are charged to who answers for them, and once, whoever charges them (A230). */
export function checkDays({ isLiable, isCharged }: { isLiable: boolean; isCharged: boolean }): void {
  const path = 'input.periodFrom';
  if (!isLiable) throw new DomainError('CONFLICT', 'NOT_LIABLE', { path, rule: 'A230' });
  if (isCharged) throw new DomainError('CONFLICT', 'DAYS_CHARGED', { path, rule: 'A230' });
}
