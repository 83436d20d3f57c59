import type { Problem } from './work-order-catalog.ts';
import type { PlaceReference } from './references.ts';
import type { WarrantyKind, WarrantyValues } from './warranty-policy.ts';
import { moveInInspectionChannel } from './work-order-policy.ts';
import type { Responsibility, ResponsibleParty, WorkOrderPart } from './work-order.ts';

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The same day n years later, or the month's last day (settled reading 2). */
export function addYears(day: string, years: number): string {
  const year = Number(day.slice(0, 4)) + years;
  const monthDay = day.slice(5) === '02-29' && !isLeap(year) ? '02-28' : day.slice(5);
  return `${year}-${monthDay}`;
}

/** Last day of the n-th heating season that begins on or after a day. */
function lastDayOfSeason(from: string, values: WarrantyValues): string {
  const { heatingSeasons, heatingSeasonFrom, heatingSeasonTo } = values;
  const year = Number(from.slice(0, 4));
  const firstStart = from.slice(5) <= heatingSeasonFrom ? year : year + 1;
  const lastStart = firstStart + heatingSeasons - 1;
  const endsNextYear = heatingSeasonTo < heatingSeasonFrom;
  return `${endsNextYear ? lastStart + 1 : lastStart}-${heatingSeasonTo}`;
}

/** Last day of the warranty of a kind of work at a place; null without one or while its first day is not known. */
export function warrantyEnd(
  kind: WarrantyKind | null,
  place: Pick<PlaceReference, 'warrantyFrom' | 'designLifeYears'>,
  values: WarrantyValues,
): string | null {
  const { warrantyFrom, designLifeYears } = place;
  if (kind === null || warrantyFrom === null) return null;
  switch (kind) {
    case 'WATERPROOFING':
      return addYears(warrantyFrom, values.waterproofingYears);
    case 'ELECTRICAL':
      return addYears(warrantyFrom, values.electricalYears);
    case 'PLUMBING':
      return addYears(warrantyFrom, values.plumbingYears);
    case 'EQUIPMENT':
      return addYears(warrantyFrom, values.equipmentYears);
    case 'FIT_OUT':
      return addYears(warrantyFrom, values.fitOutYears);
    case 'HEATING':
      return lastDayOfSeason(warrantyFrom, values);
    case 'STRUCTURE':
      return designLifeYears === null ? null : addYears(warrantyFrom, designLifeYears);
  }
}

/** The customer pays for what it fitted itself, and for our work inside a unit without warranty; common parts are free. */
export const isPaidBy = (party: ResponsibleParty, part: WorkOrderPart): boolean =>
  party === 'OWN_FIT_OUT' || (party === 'OWN_STAFF' && part !== 'COMMON' && part !== 'CONTRACTED_EQUIPMENT');

export type Facts = {
  part: WorkOrderPart;
  problem: Problem;
  channelCode: string;
  place: Pick<PlaceReference, 'warrantyFrom' | 'designLifeYears'>;
  /** The day of the request in the community's zone. */
  day: string;
};

/** Who answers for a repair, from content, part and period (A067, B014); the first row that fits decides. */
export function decideResponsibility(facts: Facts, values: WarrantyValues): Responsibility {
  const { part, problem, channelCode, place, day } = facts;
  if (problem.isService) {
    return { responsibleParty: 'OWN_STAFF', responsibilityBasis: 'PAID_SERVICE', warrantyEndsOn: null, isPaid: true };
  }
  if (part === 'OWN_FIT_OUT') {
    return { responsibleParty: 'OWN_FIT_OUT', responsibilityBasis: 'FIT_OUT_PART', warrantyEndsOn: null, isPaid: true };
  }
  const warrantyEndsOn = warrantyEnd(problem.warrantyKind, place, values);
  const isCovered = channelCode === moveInInspectionChannel || (warrantyEndsOn !== null && day <= warrantyEndsOn);
  if (isCovered) {
    const responsibleParty = 'DEVELOPER_WARRANTY';
    return { responsibleParty, responsibilityBasis: 'WITHIN_WARRANTY', warrantyEndsOn, isPaid: false };
  }
  if (part === 'CONTRACTED_EQUIPMENT') {
    const responsibleParty = 'EQUIPMENT_CONTRACTOR';
    return { responsibleParty, responsibilityBasis: 'MAINTENANCE_CONTRACT', warrantyEndsOn, isPaid: false };
  }
  const responsibleParty = 'OWN_STAFF';
  return {
    responsibleParty,
    responsibilityBasis: 'NO_WARRANTY',
    warrantyEndsOn,
    isPaid: isPaidBy(responsibleParty, part),
  };
}

/** The decision of a person; the warranty stays on record. */
export const decidedResponsibility = (
  party: ResponsibleParty,
  part: WorkOrderPart,
  warrantyEndsOn: string | null,
): Responsibility => ({
  responsibleParty: party,
  responsibilityBasis: 'DECIDED',
  warrantyEndsOn,
  isPaid: isPaidBy(party, part),
});

/** What kind of organisation does the work for each party; none for our own staff. */
export const organisationKindOf = {
  OWN_FIT_OUT: 'MERCHANT',
  DEVELOPER_WARRANTY: 'DEVELOPER',
  EQUIPMENT_CONTRACTOR: 'CONTRACTOR',
  OWN_STAFF: null,
} as const satisfies Record<ResponsibleParty, string | null>;
