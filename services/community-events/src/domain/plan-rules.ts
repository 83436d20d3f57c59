import { refuseAll, type Violation } from '@steward/core';

import type { ActivityValues, planFields } from './activity-policy.ts';
import type { Activity } from './activity.ts';
import type { Venue } from './venue.ts';

export type PlanField = (typeof planFields)[number];

const isBlank = (text: string | null | undefined): boolean => text == null || text.trim() === '';

const given: Record<PlanField, (activity: Activity) => boolean> = {
  theme: ({ theme }) => !isBlank(theme),
  programme: ({ programme }) => programme.length > 0,
  budget: ({ budgetAmount }) => budgetAmount !== null,
  venueId: ({ venueId }) => venueId !== null,
  startsAt: ({ startsAt, endsAt }) => startsAt !== null && endsAt !== null,
  audience: ({ audience }) => !isBlank(audience),
  capacity: ({ capacity }) => capacity !== null,
  agenda: ({ agenda }) => !isBlank(agenda),
  departmentCodes: ({ departmentCodes }) => departmentCodes.length > 0,
  // An activity without prizes says so.
  prizes: ({ prizeCount, isWithoutPrizes }) => prizeCount > 0 || isWithoutPrizes,
};

/** Fields of the plan that are still empty (A105). */
export const missingFields = (activity: Activity, fields: readonly PlanField[]): PlanField[] =>
  fields.filter((field) => !given[field](activity));

type Submission = {
  fields: readonly PlanField[];
  figures: ActivityValues;
  /** The first instant of the day so many days ahead, in the community's zone. */
  earliestStart: Date;
  openProcedures: readonly string[];
};

/** A plan is put forward whole and in time (A105), with the departments that set up (A106); a merchant's with its papers. */
export function requireComplete(activity: Activity, plan: Submission): void {
  const { fields, figures, earliestStart, openProcedures } = plan;
  const violations: Violation[] = missingFields(activity, fields).map((field) => ({
    path: field,
    reason: 'PLAN_FIELD_MISSING',
    rule: 'A105',
    params: { field },
  }));
  if (activity.startsAt !== null && activity.startsAt < earliestStart) {
    violations.push({
      path: 'startsAt',
      reason: 'PLAN_TOO_LATE',
      rule: 'A105',
      params: { days: figures.planLeadDays },
    });
  }
  for (const departmentCode of figures.setUpDepartments) {
    if (activity.departmentCodes.includes(departmentCode)) continue;
    const params = { department: departmentCode };
    violations.push({ path: 'departmentCodes', reason: 'SET_UP_DEPARTMENT_MISSING', rule: 'A106', params });
  }
  for (const procedure of openProcedures) {
    violations.push({ path: 'procedures', reason: 'PROCEDURE_OPEN', rule: 'B018', params: { procedure } });
  }
  refuseAll(violations);
}

export type Times = { startsAt: Date | null; endsAt: Date | null };

/** What is wrong with the time of a plan or a booking. */
export function timesViolations({ startsAt, endsAt }: Times, now: Date, rule: string): Violation[] {
  if (startsAt === null && endsAt === null) return [];
  if (startsAt === null || endsAt === null) return [{ path: 'input.endsAt', reason: 'TIME_INCOMPLETE', rule }];
  if (endsAt <= startsAt) return [{ path: 'input.endsAt', reason: 'ENDS_BEFORE_START', rule }];
  return startsAt <= now ? [{ path: 'input.startsAt', reason: 'IN_THE_PAST', rule }] : [];
}

type Wanted = { venue: Venue | null; communityId: string; capacity: number | null; opening: boolean };

/** What is wrong with a venue: unknown, closed for good, too small, or shut at the time. */
export function venueViolations({ venue, communityId, capacity, opening }: Wanted, rule: string): Violation[] {
  const path = 'input.venueId';
  if (venue === null || venue.communityId !== communityId) return [{ path, reason: 'VENUE_UNKNOWN', rule }];
  const violations: Violation[] = [];
  if (venue.retiredAt !== null) violations.push({ path, reason: 'VENUE_RETIRED', rule });
  if (capacity !== null && capacity > venue.capacity) {
    violations.push({ path, reason: 'VENUE_TOO_SMALL', rule, params: { most: venue.capacity } });
  }
  if (!opening) violations.push({ path, reason: 'VENUE_CLOSED', rule });
  return violations;
}

/** Who has to agree: the administrative supervisor up to a budget, the director beyond (A105). */
export const approverOf = (budget: number, figures: ActivityValues): 'administrativeSupervisor' | 'director' =>
  budget <= figures.supervisorBudgetAmount ? 'administrativeSupervisor' : 'director';
