import { IANAZone } from 'luxon';

import { RecentMap } from './recent-map.ts';

/** What a wall-clock time meant: one instant, or the reading that was chosen for an hour that is not unique. */
export type FileTime = { at: Date; note: null | 'TIME_IN_DST_GAP' | 'TIME_IN_DST_OVERLAP' };

const dayMs = 86_400_000;
const shape = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d):(\d\d) ([AP])M$/i;

/** The time as if it stood on a clock in UTC; null if it is none. */
function wallClock(text: string): number | null {
  const [, month, day, year, hour, minute, second, half] = shape.exec(text) ?? [];
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  if (half === undefined || hours < 1 || hours > 12 || minutes > 59 || seconds > 59) return null;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // February 30th becomes March 2nd: a day that does not exist comes back as another one.
  if (new Date(date).getUTCMonth() !== Number(month) - 1 || new Date(date).getUTCDate() !== Number(day)) return null;
  const hourOfDay = (hours % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
  return date + ((hourOfDay * 60 + minutes) * 60 + seconds) * 1000;
}

/** Days whose offsets are kept: asking the time-zone database is what costs here. */
const daysKept = 4_000;

/**
 * Reads times such as `06/26/2018 12:50:01 PM` in a zone; null for what is none.
 *
 * When clocks go forward an hour does not exist: a time in it is read by the offset from before the change, which is
 * that much later on the clock. When they go back an hour exists twice: a time in it is read as its first occurrence.
 */
export function usTimeReader(zoneName: string): (text: string) => FileTime | null {
  const zone = IANAZone.create(zoneName);
  const around = new RecentMap<number, { before: number; after: number }>(daysKept);
  const offsetAt = (instant: number): number => zone.offset(instant) * 60_000;

  /** Offsets well before and well after a day: the same, unless the clocks change on it. */
  const offsetsAround = (day: number): { before: number; after: number } => {
    const known = around.get(day);
    if (known !== undefined) return known;
    const offsets = { before: offsetAt((day - 1) * dayMs), after: offsetAt((day + 2) * dayMs) };
    around.set(day, offsets);
    return offsets;
  };

  return (text) => {
    const wall = wallClock(text);
    if (wall === null) return null;
    const { before, after } = offsetsAround(Math.floor(wall / dayMs));
    if (before === after) return { at: new Date(wall - before), note: null };
    const readings = [before, after]
      .filter((offset) => offsetAt(wall - offset) === offset)
      .map((offset) => wall - offset);
    const [first = wall - before] = readings.toSorted((a, b) => a - b);
    const notes = ['TIME_IN_DST_GAP', null, 'TIME_IN_DST_OVERLAP'] as const;
    return { at: new Date(first), note: notes[readings.length] ?? null };
  };
}
