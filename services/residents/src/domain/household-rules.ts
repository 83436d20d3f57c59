import { DomainError, type Violation } from '@steward/core';

import { memberTenures, personalRoles } from './household-policy.ts';
import type { DayRange, HoldingTerms, MembershipTerms } from './household.ts';

/** Whether a day lies in a range. */
export const isHeldOn = ({ validFrom, validTo }: DayRange, day: string): boolean =>
  validFrom <= day && (validTo === null || day < validTo);

const isEmpty = ({ validFrom, validTo }: DayRange): boolean => validTo !== null && validTo <= validFrom;

/** Whether two ranges share a day; an empty one has none. */
export const daysOverlap = (a: DayRange, b: DayRange): boolean =>
  !isEmpty(a) &&
  !isEmpty(b) &&
  (a.validTo === null || b.validFrom < a.validTo) &&
  (b.validTo === null || a.validFrom < b.validTo);

const rangeViolations = (range: DayRange, path: string): Violation[] =>
  isEmpty(range) ? [{ path: `${path}.validTo`, reason: 'RANGE_EMPTY' }] : [];

/** Days on which other households own the unit, and what this household holds already. */
export type HoldingSurroundings = { ownedByOthers: readonly DayRange[]; own: readonly HoldingTerms[] };

/** What is wrong with a unit that a household is to hold: it holds it once, and one household owns it at a time. */
export function holdingViolations(terms: HoldingTerms, around: HoldingSurroundings, path: string): Violation[] {
  const violations = rangeViolations(terms, path);
  if (terms.tenure === 'OWNED' && around.ownedByOthers.some((range) => daysOverlap(range, terms))) {
    violations.push({ path, reason: 'UNIT_ALREADY_OWNED' });
  }
  if (around.own.some((held) => held.unitId === terms.unitId && daysOverlap(held, terms))) {
    violations.push({ path, reason: 'UNIT_ALREADY_HELD' });
  }
  return violations;
}

/** The household as a new member finds it. */
export type MembershipSurroundings = { holdings: readonly HoldingTerms[]; own: readonly MembershipTerms[] };

/** What is wrong with a membership: owners and renters need a unit so held on their first day. */
export function membershipViolations(
  terms: MembershipTerms,
  around: MembershipSurroundings,
  path: string,
): Violation[] {
  const violations = rangeViolations(terms, path);
  const needed: readonly string[] | null = memberTenures[terms.role];
  const held = around.holdings.filter((holding) => isHeldOn(holding, terms.validFrom));
  if (needed !== null && !held.some(({ tenure }) => needed.includes(tenure))) {
    violations.push({ path: `${path}.role`, reason: 'ROLE_NEEDS_TENURE', params: { role: terms.role } });
  }
  if (personalRoles.includes(terms.role) && terms.personId === null) {
    violations.push({ path: `${path}.role`, reason: 'ROLE_NEEDS_PERSON', params: { role: terms.role } });
  }
  const isSame = (one: MembershipTerms): boolean =>
    one.role === terms.role && one.personId === terms.personId && one.organisationId === terms.organisationId;
  if (around.own.some((one) => isSame(one) && daysOverlap(one, terms))) {
    violations.push({ path, reason: 'MEMBERSHIP_OVERLAPS' });
  }
  return violations;
}

/** Units held on the first day of a membership. */
export const unitsHeldOn = (holdings: readonly HoldingTerms[], day: string): string[] => [
  ...new Set(holdings.filter((held) => isHeldOn(held, day)).map(({ unitId }) => unitId)),
];

/**
 * A holding or membership with its first day no longer valid. That may be its first day at all, so that what was
 * entered by mistake never took place; it can be moved forward, never back.
 */
export function endRange<Range extends DayRange>(range: Range, validTo: string): Range {
  if (range.validTo !== null && range.validTo <= validTo) {
    throw new DomainError('CONFLICT', 'ALREADY_ENDED', { params: { validTo: range.validTo } });
  }
  if (validTo < range.validFrom) throw new DomainError('BAD_USER_INPUT', 'RANGE_EMPTY', { path: 'input.validTo' });
  return { ...range, validTo };
}

/** The holding or membership of that id. */
export function requireKnown<Range extends { id: string }>(
  ranges: readonly Range[],
  id: string,
  reason: string,
): Range {
  const found = ranges.find((range) => range.id === id);
  if (found === undefined) throw new DomainError('NOT_FOUND', reason);
  return found;
}

/** A household's flag or segment can only be changed to another. */
export function requireChange<T>(before: T, after: T): void {
  if (before === after) throw new DomainError('CONFLICT', 'NOTHING_CHANGED');
}
