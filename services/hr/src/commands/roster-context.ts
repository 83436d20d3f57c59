import { addDays, DomainError, localTime, startOfLocalDay } from '@steward/core';
import type { Tx } from '@steward/db';

import { patternsOfCommunity, timetableAt, timetableOverrides } from '../db/roster-queries.ts';
import { timetableFigures, type TimetableValues } from '../domain/duty-time-policy.ts';
import { patternsOf, timesOf, type LocalClock, type PatternOfDay } from '../domain/timetable-rules.ts';

export type ShiftOfDay = { day: string; pattern: PatternOfDay; startsAt: Date; endsAt: Date };

export const timetableDefaults = Object.fromEntries(
  Object.entries(timetableFigures).map(([key, { value }]) => [key, value]),
) as TimetableValues;

/** The clock of a zone, which looks up each day once. */
export function localClock(zone: string): LocalClock {
  const starts = new Map<string, Date>();
  return {
    startOfDay: (day) => {
      const start = starts.get(day) ?? startOfLocalDay(day, zone);
      starts.set(day, start);
      return start;
    },
    timeOf: (at) => localTime(at, zone),
  };
}

/** The shifts of each day of a community by code, by the figures in force on that day; read once for all days. */
export async function shiftsByDay(
  tx: Tx,
  communityId: string,
  zone: string,
  days: readonly string[],
): Promise<Map<string, Map<string, ShiftOfDay>>> {
  const end = startOfLocalDay(addDays(days.at(-1) ?? '1970-01-01', 1), zone);
  const overrides = await timetableOverrides(tx, communityId, end);
  const added = await patternsOfCommunity(tx, communityId);
  const clock = localClock(zone);
  return new Map(
    days.map((day) => {
      const figures = timetableAt(timetableDefaults, overrides, clock.startOfDay(day));
      const patterns = patternsOf(day, figures, added);
      return [day, new Map(patterns.map((one) => [one.code, { day, pattern: one, ...timesOf(one, day, clock) }]))];
    }),
  );
}

/** One shift of a day for a roster of a kind. */
export function shiftOfDay(
  byDay: ReadonlyMap<string, ReadonlyMap<string, ShiftOfDay>>,
  day: string,
  { code, kind }: { code: string; kind: string },
  path: string,
): ShiftOfDay {
  const found = byDay.get(day)?.get(code);
  if (found === undefined || found.pattern.kind !== kind)
    throw new DomainError('BAD_USER_INPUT', 'SHIFT_PATTERN_UNKNOWN', { path, params: { code, day } });
  return found;
}

/** What a shift asks of whoever works it, by the figures in force on its day. */
export async function patternOfShift(
  tx: Tx,
  { communityId, workedOn, patternCode }: { communityId: string; workedOn: string; patternCode: string },
  zone: string,
): Promise<PatternOfDay> {
  const shift = (await shiftsByDay(tx, communityId, zone, [workedOn])).get(workedOn)?.get(patternCode);
  if (shift === undefined) throw new Error(`no shift ${patternCode} on ${workedOn}`);
  return shift.pattern;
}
