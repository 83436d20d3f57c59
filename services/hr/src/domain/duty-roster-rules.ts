import { DomainError, refuseAll, type Violation } from '@steward/core';

import { assignmentRefusals, type Assignable } from './assignment-rules.ts';
import { coverageGaps, type CoverageGap, type Span } from './coverage-rules.ts';
import type { DutyRoster, DutyRosterKind, DutyShift } from './duty-roster.ts';
import { rosterLimits } from './duty-time-policy.ts';
import type { PatternOfDay } from './timetable-rules.ts';

/** What is wrong with the days of a new roster. */
export function rosterDayViolations({ startsOn, endsOn }: { startsOn: string; endsOn: string }): Violation[] {
  if (endsOn <= startsOn) return [{ path: 'input.endsOn', reason: 'RANGE_EMPTY' }];
  const days = (Date.parse(endsOn) - Date.parse(startsOn)) / 86_400_000;
  const most = rosterLimits.days.value;
  return days > most ? [{ path: 'input.endsOn', reason: 'ROSTER_TOO_LONG', params: { most } }] : [];
}

export const spansOf = (shifts: readonly Pick<DutyShift, 'startsAt' | 'endsAt'>[]): Span[] =>
  shifts.map(({ startsAt, endsAt }) => ({ from: startsAt.getTime(), to: endsAt.getTime() }));

/**
 * Times at which the service centre would have too few (A019, A025). `window` begins and ends at midnight; the night
 * before it belongs to the roster before, so `shifts` holds the neighbours as well.
 */
export const centreGaps = (
  shifts: readonly Pick<DutyShift, 'startsAt' | 'endsAt' | 'isServiceCentre'>[],
  window: Span,
  leastOnDuty: number,
): CoverageGap[] => coverageGaps(spansOf(shifts.filter(({ isServiceCentre }) => isServiceCentre)), window, leastOnDuty);

/** Days of a managers' roster on which no manager is on duty (A253). */
export function daysWithoutManager(shifts: readonly Pick<DutyShift, 'workedOn'>[], days: readonly string[]): string[] {
  const covered = new Set(shifts.map(({ workedOn }) => workedOn));
  return days.filter((day) => !covered.has(day));
}

type Proof = { kind: DutyRosterKind; days: readonly string[]; window: Span; leastOnDuty: number };

/** Refuses a roster that leaves a minute uncovered, with the first gaps. */
export function requireCover(
  shifts: readonly Pick<DutyShift, 'startsAt' | 'endsAt' | 'isServiceCentre' | 'workedOn'>[],
  { kind, days, window, leastOnDuty }: Proof,
): void {
  const gaps = kind === 'SERVICE_CENTRE' ? centreGaps(shifts, window, leastOnDuty) : [];
  const bare = kind === 'MANAGERS' ? daysWithoutManager(shifts, days) : [];
  refuseAll([
    ...gaps.slice(0, 10).map(({ from, to, count }): Violation => ({
      reason: 'ROSTER_GAP',
      rule: 'A025',
      params: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), count, least: leastOnDuty },
    })),
    ...bare.slice(0, 10).map((day): Violation => ({ reason: 'MANAGER_MISSING', rule: 'A253', params: { day } })),
  ]);
}

type Place = { communityId: string; day: string; from: number; to: number; restHours: number };

/** Refuses somebody who may not work a shift, with everything that stands in the way. */
export function requireAssignable(one: Assignable, pattern: PatternOfDay, place: Place, path: string): void {
  refuseAll(assignmentRefusals(one, pattern, place).map((refused) => ({ ...refused, path })));
}

/** Whoever handed a roster in does not put it in force. */
export function requireOtherLogin(roster: DutyRoster, login: string): void {
  if (roster.submittedBy === login) throw new DomainError('FORBIDDEN', 'OWN_REQUEST', { rule: 'A212' });
}
