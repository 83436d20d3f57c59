import type { Violation } from '@steward/core';

import { broadcastScriptTransitions } from './broadcast-script-policy.ts';
import { procedureRules } from './procedure.ts';

export const broadcastScriptRules = procedureRules(broadcastScriptTransitions);

export type BroadcastSchedule = {
  times: readonly string[];
  weekdays: readonly string[];
  validFrom: string;
  validTo: string;
};

const rule = 'A309';

/** 1 Monday to 7 Sunday. */
export const weekdaysOfWeek = ['1', '2', '3', '4', '5', '6', '7'];

/** A day of a community on which scripts may be read out, and the instant it begins there. */
export type BroadcastDay = { weekday: string; startsAt: Date };

const onDay = ({ startsAt }: BroadcastDay, time: string): Date => {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return new Date(startsAt.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000);
};

type Times = Pick<BroadcastSchedule, 'times' | 'weekdays'>;

/** The first time after an instant, on one of the days in their order, at which a script is read out; null if none. */
export function nextSlot({ times, weekdays }: Times, days: Iterable<BroadcastDay>, after: Date): Date | null {
  for (const day of days) {
    if (!weekdays.includes(day.weekday)) continue;
    const slots = times.map((time) => onDay(day, time)).toSorted((a, b) => a.getTime() - b.getTime());
    const next = slots.find((slot) => slot > after);
    if (next !== undefined) return next;
  }
  return null;
}

/** Everything that is wrong with a schedule that may end on `longestTo` at the latest and has these days left. */
export function scheduleViolations(
  schedule: BroadcastSchedule,
  { now, longestTo, days }: { now: Date; longestTo: string; days: Iterable<BroadcastDay> },
): Violation[] {
  const { times, weekdays, validFrom, validTo } = schedule;
  const violations: Violation[] = [];
  const say = (field: string, reason: string): void => {
    violations.push({ path: `input.${field}`, reason, rule });
  };
  if (times.length === 0) say('times', 'TIMES_REQUIRED');
  if (weekdays.length === 0) say('weekdays', 'WEEKDAYS_REQUIRED');
  if (weekdays.some((weekday) => !weekdaysOfWeek.includes(weekday))) say('weekdays', 'WEEKDAY_UNKNOWN');
  if (validTo <= validFrom) say('validTo', 'RANGE_EMPTY');
  if (validTo > longestTo) say('validTo', 'SCHEDULE_TOO_LONG');
  // A schedule that says something and yet comes to no time.
  if (violations.length === 0 && nextSlot(schedule, days, now) === null) say('times', 'NO_SLOT');
  return violations;
}
