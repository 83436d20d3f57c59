import { DomainError, type Violation } from '@steward/core';

import type { DayRange, HoldingTerms, MembershipTerms, Party } from './household.ts';

/** Half-open ranges of days share at least one; an open end reaches for ever, an empty range nothing. */
export const daysOverlap = (a: DayRange, b: DayRange): boolean =>
  ![a, b].some((range) => range.validFrom === range.validTo) &&
  (b.validTo === null || a.validFrom < b.validTo) &&
  (a.validTo === null || b.validFrom < a.validTo);

export const isHeldOn = (range: DayRange, day: string): boolean =>
  range.validFrom <= day && (range.validTo === null || day < range.validTo);

const rangeViolations = ({ validFrom, validTo }: DayRange, path: string): Violation[] =>
  validTo !== null && validTo <= validFrom ? [{ path: `${path}.validTo`, reason: 'RANGE_EMPTY' }] : [];

/** Holdings that a new one may get in the way of: the household's own, and those of others in the same unit. */
export type Neighbours = { own: readonly HoldingTerms[]; ofOthers: readonly HoldingTerms[] };

/** A unit has one owning household at a time; a household holds a unit once. */
export function holdingViolations(terms: HoldingTerms, { own, ofOthers }: Neighbours, path: string): Violation[] {
  const violations = rangeViolations(terms, path);
  const collides = (other: HoldingTerms): boolean => other.unitId === terms.unitId && daysOverlap(other, terms);
  if (own.some(collides)) violations.push({ path, reason: 'UNIT_ALREADY_HELD' });
  const isOwned = (other: HoldingTerms): boolean => other.tenure === 'OWNED' && collides(other);
  if (terms.tenure === 'OWNED' && ofOthers.some(isOwned)) violations.push({ path, reason: 'UNIT_ALREADY_OWNED' });
  return violations;
}

const isSameParty = (a: Party, b: Party): boolean =>
  a.personId === b.personId && a.organisationId === b.organisationId;

type HouseholdSoFar = { holdings: readonly HoldingTerms[]; memberships: readonly MembershipTerms[] };

/** What is wrong with a membership, given what the household holds and who belongs to it already. */
export function membershipViolations(terms: MembershipTerms, household: HouseholdSoFar, path: string): Violation[] {
  const violations = rangeViolations(terms, path);
  const held = household.holdings.filter((holding) => daysOverlap(holding, terms));
  const hasTenure = terms.role === 'OWNER' ? held.some(({ tenure }) => tenure === 'OWNED') : held.length > 0;
  if ((terms.role === 'OWNER' || terms.role === 'RENTER') && !hasTenure) {
    violations.push({ path: `${path}.role`, reason: 'ROLE_NEEDS_TENURE', params: { role: terms.role } });
  }
  if (terms.role === 'FAMILY' && terms.personId === null) {
    violations.push({ path: `${path}.role`, reason: 'ROLE_NEEDS_PERSON' });
  }
  const isSame = (other: MembershipTerms): boolean => isSameParty(other, terms) && other.role === terms.role;
  if (household.memberships.some((other) => isSame(other) && daysOverlap(other, terms))) {
    violations.push({ path, reason: 'MEMBERSHIP_OVERLAPS' });
  }
  return violations;
}

/** The range with its first day no longer valid; the first day of one still to come takes it back. */
export function endRange<Range extends DayRange>(range: Range, validTo: string): Range {
  if (range.validTo !== null && range.validTo <= validTo) {
    throw new DomainError('CONFLICT', 'ALREADY_ENDED', { params: { validTo: range.validTo } });
  }
  if (validTo < range.validFrom) throw new DomainError('BAD_USER_INPUT', 'RANGE_EMPTY', { path: 'input.validTo' });
  return { ...range, validTo };
}
