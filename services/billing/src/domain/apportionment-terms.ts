import { DomainError, type Violation } from '@steward/core';

import { apportion, apportionBySection, type Share } from './apportionment-rules.ts';
import type { Apportionment, ApportionmentBasis } from './apportionment.ts';
import { chargeTypeOf, sharedChargeTypes } from './charge-type-policy.ts';
import { stepsOf } from './charges-steps.ts';
import { apportionmentTransitions } from './charges-transition-policy.ts';
import { isCycle } from './cycle-rules.ts';
import { isDecimal, isMinorUnits } from './exact.ts';
import { formulaValue, readFormula } from './formula-rules.ts';
import type { Days } from './proration-rules.ts';

/** What is known of a unit that may bear a share. */
export type BearerFacts = {
  id: string;
  area: string | null;
  usage: string;
  sectionId: string;
  persons: string;
  used: string;
};

type Terms = {
  chargeTypeCode: string;
  basis: ApportionmentBasis;
  formula: string | null;
  period: Days;
  totalAmount: number;
  bearers: readonly { code: string; weight: string }[];
};

/** Staff meals are borne by departments by given weights, everything else by units. */
const staffMeal = 'STAFF_MEAL';

/** What is wrong with sharing a cost out in such a way; a formula that cannot be read is refused by reading it. */
export function apportionmentViolations(terms: Terms): Violation[] {
  const { chargeTypeCode, basis, formula, period, totalAmount, bearers } = terms;
  const type = chargeTypeOf(chargeTypeCode);
  const violations: Violation[] = [];
  const add = (path: string, reason: string): void => {
    violations.push({ path: `input.${path}`, reason, rule: 'A014' });
  };
  if (type === undefined) add('chargeTypeCode', 'CHARGE_TYPE_UNKNOWN');
  else if (!sharedChargeTypes.includes(chargeTypeCode)) add('chargeTypeCode', 'CHARGE_TYPE_NOT_SHARED');
  else if (!isCycle(type, period)) add('periodTo', 'NOT_A_CYCLE');
  if (totalAmount <= 0 || !isMinorUnits(totalAmount)) add('totalAmount', 'AMOUNT_UNFIT');
  const isGiven = basis === 'GIVEN';
  const isRepeated = new Set(bearers.map(({ code }) => code)).size < bearers.length;
  const isUnfit =
    isGiven !== (chargeTypeCode === staffMeal) ||
    isGiven !== bearers.length > 0 ||
    (basis === 'FORMULA') !== (formula !== null);
  if (isUnfit || isRepeated || bearers.some(({ weight }) => !isDecimal(weight))) add('basis', 'BASIS_UNFIT');
  if (formula !== null) readFormula(formula);
  return violations;
}

type Basis = Pick<Terms, 'basis' | 'formula' | 'totalAmount' | 'bearers'>;

/** The shares of all units, or of the departments that are given. */
export function sharesOf({ basis, formula, totalAmount, bearers }: Basis, units: readonly BearerFacts[]): Share[] {
  if (basis === 'GIVEN')
    return shared(
      totalAmount,
      bearers.map(({ code: id, weight }) => ({ id, weight })),
    );
  if (basis === 'SECTION') {
    if (units.length === 0) throw noBearer();
    return apportionBySection(
      totalAmount,
      units.map(({ id, sectionId }) => ({ id, sectionId, weight: '1' })),
    );
  }
  const read = formula === null ? null : readFormula(formula);
  const weightOf = ({ area, usage, persons, used }: BearerFacts): string => {
    if (basis === 'HOUSEHOLD') return '1';
    if (basis === 'USE') return used;
    if (read === null) return area ?? '0';
    return area === null ? '0' : (formulaValue(read, { area, usage, persons }) ?? '0');
  };
  return shared(
    totalAmount,
    units.map((unit) => ({ id: unit.id, weight: weightOf(unit) })),
  );
}

const noBearer = (): DomainError => new DomainError('CONFLICT', 'NO_BEARER', { rule: 'A014' });

function shared(total: number, all: readonly { id: string; weight: string }[]): Share[] {
  if (all.every(({ weight }) => Number(weight) === 0)) throw noBearer();
  return apportion(total, all);
}

export const apportionmentSteps = stepsOf<Apportionment, keyof typeof apportionmentTransitions>(
  apportionmentTransitions,
);

/** Counts from now on, confirmed by somebody else than who computed it. */
export function confirm(row: Apportionment, by: string, now: Date): Apportionment {
  const confirmed = apportionmentSteps.move(row, 'confirmApportionment');
  if (row.draftedBy === by) throw new DomainError('CONFLICT', 'OWN_DRAFT', { rule: 'A014' });
  return { ...confirmed, confirmedBy: by, confirmedAt: now };
}
