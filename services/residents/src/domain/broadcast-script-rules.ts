import { addDays, localDate, startOfLocalDay, startOfWeek, type Violation } from '@steward/core';

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
const weekdaysOfWeek = ['1', '2', '3', '4', '5', '6', '7'];

/** 1 Monday to 7 Sunday. */
function weekdayOf(day: string): string {
  const monday = startOfWeek(day);
  return weekdaysOfWeek.find((_weekday, index) => addDays(monday, index) === day) ?? '1';
}

const onDay = (day: string, time: string, zone: string): Date => {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return new Date(startOfLocalDay(day, zone).getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000);
};

/** The first time after an instant at which a script is read out; null if there is none any more. */
export function nextSlot(schedule: BroadcastSchedule, after: Date, zone: string): Date | null {
  const { times, weekdays, validFrom, validTo } = schedule;
  const today = localDate(after, zone);
  for (let day = validFrom > today ? validFrom : today; day < validTo; day = addDays(day, 1)) {
    if (!weekdays.includes(weekdayOf(day))) continue;
    const slots = times.map((time) => onDay(day, time, zone)).toSorted((a, b) => a.getTime() - b.getTime());
    const next = slots.find((slot) => slot > after);
    if (next !== undefined) return next;
  }
  return null;
}

/** Everything that is wrong with a schedule. */
export function scheduleViolations(
  schedule: BroadcastSchedule,
  { now, zone, longestDays }: { now: Date; zone: string; longestDays: number },
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
  if (validTo > addDays(validFrom, longestDays)) say('validTo', 'SCHEDULE_TOO_LONG');
  // A schedule that says something and yet comes to no time.
  if (violations.length === 0 && nextSlot(schedule, now, zone) === null) say('times', 'NO_SLOT');
  return violations;
}
