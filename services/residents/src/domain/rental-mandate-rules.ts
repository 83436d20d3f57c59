import type { Violation } from '@steward/core';

import { procedureRules } from './procedure.ts';
import { commissionFigures, rentalMandateTransitions, type rentalMandatePolicy } from './rental-mandate-policy.ts';
import type { RentalMandate, RentalMandateKind } from './rental-mandate.ts';

export const rentalMandateRules = procedureRules(rentalMandateTransitions);

const rule = 'A226';
const wrong = (field: string, reason: string, params?: Violation['params']): Violation => ({
  path: `input.${field}`,
  reason,
  rule,
  ...(params === undefined ? {} : { params }),
});

type Figures = Record<keyof typeof rentalMandatePolicy.figures, number>;
export type MandateTerms = Pick<RentalMandate, 'askingAmount' | 'commissionShare' | 'validTo'>;

/** The share that holds where the terms name none, and that they may not exceed. */
export const commissionOf = (kind: RentalMandateKind, figures: Figures): number => figures[commissionFigures[kind]];

/** What is wrong with the terms; `longestTo` is the last end that a mandate of today may have. */
export function termViolations(
  terms: MandateTerms,
  { today, longestTo, mostShare }: { today: string; longestTo: string; mostShare: number },
): Violation[] {
  const violations: Violation[] = [];
  if (terms.askingAmount <= 0) violations.push(wrong('askingAmount', 'AMOUNT_NOT_POSITIVE'));
  if (Number(terms.commissionShare) > mostShare)
    violations.push(wrong('commissionShare', 'COMMISSION_TOO_HIGH', { most: mostShare }));
  if (terms.validTo <= today) violations.push(wrong('validTo', 'RANGE_EMPTY'));
  if (terms.validTo > longestTo) violations.push(wrong('validTo', 'MANDATE_TOO_LONG', { longestTo }));
  return violations;
}

/** Whose unit it is today: of which household, and whether the developer is known in the community. */
export type UnitOwnership = { isUnit: boolean; ownerIds: readonly string[]; isDeveloper: boolean };
type Principal = { householdId: string | null; developerId: string | null };

/** An owner has its own unit let, the developer one that nobody owns. */
export function principalViolations({ householdId, developerId }: Principal, unit: UnitOwnership): Violation[] {
  if ((householdId === null) === (developerId === null)) return [wrong('householdId', 'PRINCIPAL_REQUIRED')];
  if (!unit.isUnit) return [wrong('unitId', 'UNIT_UNKNOWN')];
  if (householdId !== null) return unit.ownerIds.includes(householdId) ? [] : [wrong('householdId', 'UNIT_NOT_OWNED')];
  return [
    ...(unit.isDeveloper ? [] : [wrong('developerId', 'DEVELOPER_UNKNOWN')]),
    ...(unit.ownerIds.length === 0 ? [] : [wrong('unitId', 'UNIT_NOT_VACANT')]),
  ];
}

type Conclusion = { agreedAmount: number; concludedOn: string };

/** A contract is of today or before, and of the time of the mandate. */
export function conclusionViolations(
  { agreedAmount, concludedOn }: Conclusion,
  { today, signedOn }: { today: string; signedOn: string },
): Violation[] {
  const violations: Violation[] = [];
  if (agreedAmount <= 0) violations.push(wrong('agreedAmount', 'AMOUNT_NOT_POSITIVE'));
  if (concludedOn > today) violations.push(wrong('concludedOn', 'IN_THE_FUTURE'));
  if (concludedOn < signedOn) violations.push(wrong('concludedOn', 'BEFORE_MANDATE'));
  return violations;
}

/** The mandate with its contract and what is to be charged for it. */
export function conclude(
  mandate: RentalMandate,
  { commissionAmount, ...contract }: Conclusion & { contractFileId: string; commissionAmount: number },
): RentalMandate {
  const closed = rentalMandateRules.moveTo(mandate, 'closeRentalMandate', 'CLOSED');
  const commissionState = commissionAmount > 0 ? 'REQUESTED' : 'NONE';
  return { ...closed, ...contract, commissionAmount, commissionState };
}

export const hasLapsed = ({ status, validTo }: RentalMandate, today: string): boolean =>
  status === 'ACTIVE' && validTo <= today;
