import { DomainError, type Violation } from '@steward/core';

import { chargeTypeOf, lateFeeCode, sharedChargeTypes } from './charge-type-policy.ts';
import { chargesLimits } from './charges-policy.ts';
import { Exact, isDecimal } from './exact.ts';
import { readFormula } from './formula-rules.ts';
import type { Tier } from './line-rules.ts';
import { stepsOf } from './charges-steps.ts';
import { tariffTransitions } from './charges-transition-policy.ts';
import type { Tariff, TariffMethod } from './tariff.ts';

type Terms = Pick<
  Tariff,
  | 'chargeTypeCode'
  | 'method'
  | 'rate'
  | 'tiers'
  | 'tierSpan'
  | 'formula'
  | 'taxRate'
  | 'validFrom'
  | 'validTo'
  | 'documentIssuedOn'
> & { documentNumber: string; documentIssuer: string };

const isBlank = (text: string): boolean => text.trim() === '';

/** Whether the books can hold what such a price comes to, whatever it is of. */
export const isPrice = (value: string): boolean => new Exact(value).lessThanOrEqualTo(chargesLimits.mostRate.value);

/** A few digits too many are a slip that nothing else stops before a run cannot be posted. */
function sizeViolations({ rate, tiers }: Pick<Terms, 'rate' | 'tiers'>): Violation[] {
  const isTooMuch = (text: string): boolean => isDecimal(text) && !isPrice(text);
  const violation = (path: string): Violation => ({ path, reason: 'AMOUNT_UNFIT', rule: 'A249' });
  return [
    ...(rate !== null && isTooMuch(rate) ? [violation('input.rate')] : []),
    ...(tiers.some((tier) => isTooMuch(tier.rate)) ? [violation('input.tiers')] : []),
  ];
}

/** Tiers rise, only the last has no limit, and every rate is a decimal. */
function tierViolations(tiers: readonly Tier[]): Violation[] {
  const isLast = (index: number): boolean => index === tiers.length - 1;
  const isSound = tiers.every(({ upTo, rate }, index) => {
    if (!isDecimal(rate)) return false;
    if (upTo === null) return isLast(index);
    if (!isDecimal(upTo) || isLast(index)) return false;
    return new Exact(upTo).greaterThan(index === 0 ? 0 : (tiers[index - 1]?.upTo ?? 0));
  });
  return isSound ? [] : [{ path: 'input.tiers', reason: 'TIERS_UNUSABLE', rule: 'A249' }];
}

/** What stands for the price in each method; meters have either one rate or tiers. */
function priceViolations({ method, rate, tiers, tierSpan, formula }: Terms): Violation[] {
  const needed = method === 'FORMULA' ? formula : method === 'METER' && tiers.length > 0 ? '0' : rate;
  const violations: Violation[] = [];
  if (needed === null) {
    const path = method === 'FORMULA' ? 'input.formula' : 'input.rate';
    violations.push({ path, reason: 'PRICE_REQUIRED', rule: 'A249' });
  }
  if (rate !== null && !isDecimal(rate)) violations.push({ path: 'input.rate', reason: 'NOT_A_DECIMAL' });
  const isTwofold = (tiers.length > 0 && (method !== 'METER' || rate !== null)) || (formula !== null && rate !== null);
  if (isTwofold) violations.push({ path: 'input.rate', reason: 'PRICE_TWOFOLD', rule: 'A249' });
  if (tierSpan === 'YEAR' && tiers.length === 0)
    violations.push({ path: 'input.tierSpan', reason: 'TIERS_UNUSABLE', rule: 'A249' });
  return [...violations, ...tierViolations(tiers)];
}

/** Everything that is wrong with the terms of a new tariff; a formula that cannot be read is refused by reading it. */
export function tariffViolations(terms: Terms): Violation[] {
  const violations = [...priceViolations(terms), ...sizeViolations(terms)];
  const { chargeTypeCode, formula, method, taxRate, validFrom, validTo, documentIssuedOn } = terms;
  const type = chargeTypeOf(chargeTypeCode);
  if (type === undefined) violations.push({ path: 'input.chargeTypeCode', reason: 'CHARGE_TYPE_UNKNOWN' });
  if (type?.cycleMonths === null || [...sharedChargeTypes, lateFeeCode].includes(chargeTypeCode)) {
    violations.push({ path: 'input.chargeTypeCode', reason: 'CHARGE_TYPE_WITHOUT_TARIFF', rule: 'A249' });
  }
  if (!isDecimal(taxRate) || new Exact(taxRate).greaterThanOrEqualTo(1)) {
    violations.push({ path: 'input.taxRate', reason: 'NOT_A_SHARE' });
  }
  for (const name of ['documentNumber', 'documentIssuer'] as const) {
    if (isBlank(terms[name])) violations.push({ path: `input.${name}`, reason: 'AUTHORITY_REQUIRED', rule: 'A003' });
  }
  if (documentIssuedOn > validFrom) {
    violations.push({ path: 'input.documentIssuedOn', reason: 'AUTHORITY_LATER', rule: 'A003' });
  }
  if (validTo !== null && validTo <= validFrom) violations.push({ path: 'input.validTo', reason: 'ENDS_BEFORE_START' });
  if (method === 'FORMULA' && formula !== null) readFormula(formula);
  return violations;
}

/** Approved tariffs of a kind never hold for the same use on the same day. */
export function collides(one: Tariff, other: Tariff): boolean {
  if (one.id === other.id || one.chargeTypeCode !== other.chargeTypeCode) return false;
  const shareUse =
    one.unitUsages.length === 0 ||
    other.unitUsages.length === 0 ||
    one.unitUsages.some((usage) => other.unitUsages.includes(usage));
  const shareDay = one.validFrom < (other.validTo ?? '9999-12-31') && other.validFrom < (one.validTo ?? '9999-12-31');
  return shareUse && shareDay;
}

export const tariffSteps = stepsOf<Tariff, keyof typeof tariffTransitions>(tariffTransitions);

/** In force from its approval, by somebody else than who drafted it (A003). */
export function approve(tariff: Tariff, by: string, now: Date, others: readonly Tariff[]): Tariff {
  const approved = tariffSteps.move(tariff, 'approveTariff');
  if (tariff.draftedBy === by) throw new DomainError('CONFLICT', 'OWN_DRAFT', { rule: 'A003' });
  const other = others.find((one) => collides(tariff, one));
  if (other !== undefined) {
    throw new DomainError('CONFLICT', 'TARIFF_OVERLAPS', { rule: 'A003', params: { number: other.number } });
  }
  return { ...approved, approvedBy: by, approvedAt: now };
}

/** A tariff ends on a day; charges of days before stay as they are. */
export function endOn(tariff: Tariff, validTo: string): Tariff {
  const ended = tariffSteps.move(tariff, 'endTariff');
  if (validTo <= tariff.validFrom) {
    throw new DomainError('BAD_USER_INPUT', 'ENDS_BEFORE_START', { path: 'input.validTo', rule: 'A249' });
  }
  return { ...ended, validTo };
}

export const quantityUnits: Readonly<Record<TariffMethod, string>> = {
  AREA: 'M2_MONTH',
  FIXED: 'UNIT_MONTH',
  METER: 'USE',
  HOUSEHOLD: 'HOUSEHOLD_MONTH',
  PERSON: 'PERSON_MONTH',
  FORMULA: 'MONTH',
};
