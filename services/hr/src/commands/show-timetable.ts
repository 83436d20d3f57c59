import { startOfLocalDay } from '@steward/core';
import type { Tx } from '@steward/db';
import { zoneOfNamed } from '@steward/service-kit';

import { timetableDefaults, shiftsByDay, type ShiftOfDay } from './roster-context.ts';
import { isSummer } from '../domain/timetable-rules.ts';
import { timetableAt, timetableOverrides } from '../db/roster-queries.ts';

/** Reading: the shifts of a community on a day, by the figures in force then. */
export async function showTimetable(
  tx: Tx,
  communityId: string,
  day: string,
): Promise<(ShiftOfDay & { isSummer: boolean })[]> {
  const zone = await zoneOfNamed(tx, communityId);
  const shifts = [...((await shiftsByDay(tx, communityId, zone, [day])).get(day)?.values() ?? [])];
  const [first] = shifts;
  if (first === undefined) return [];
  const figures = timetableAt(
    timetableDefaults,
    await timetableOverrides(tx, communityId, first.endsAt),
    startOfLocalDay(day, zone),
  );
  return shifts.map((shift) => ({ ...shift, isSummer: isSummer(day, figures) }));
}
