import chineseDays from 'chinese-days';
import { DateTime } from 'luxon';

/** A length of time in the service standard's words; `sameDay` ignores `amount`. */
export type Span = { amount: number; unit: 'minute' | 'hour' | 'day' | 'workingDay' | 'month' | 'sameDay' };

const local = (at: Date, zone: string): DateTime => DateTime.fromJSDate(at, { zone });

/** 24:00 local of that day, which is the first instant of the next one and itself still in time. */
const endOfDay = (day: DateTime): Date => day.plus({ days: 1 }).startOf('day').toJSDate();

/** The n-th working day after `day`, by China's calendar with public holidays and make-up working days. */
function workingDayAfter(day: DateTime, amount: number): DateTime {
  let current = day;
  for (let left = amount; left > 0;) {
    current = current.plus({ days: 1 });
    if (chineseDays.isWorkday(current.toISODate() ?? '')) left -= 1;
  }
  return current;
}

/**
 * When a clock that starts at `start` runs out (service standard, settled reading 2): days and months do not count
 * the day of the start and end at 24:00 local; hours and minutes are elapsed time round the clock.
 */
export function deadlineAfter(start: Date, span: Span, zone: string): Date {
  const from = local(start, zone);
  switch (span.unit) {
    case 'minute':
      return new Date(start.getTime() + span.amount * 60_000);
    case 'hour':
      return new Date(start.getTime() + span.amount * 3_600_000);
    case 'sameDay':
      return endOfDay(from);
    case 'day':
      return endOfDay(from.plus({ days: span.amount }));
    case 'workingDay':
      return endOfDay(workingDayAfter(from, span.amount));
    case 'month':
      return endOfDay(from.plus({ months: span.amount }));
  }
}

/** `YYYY-MM-DD` in the zone. */
export const localDate = (at: Date, zone: string): string => local(at, zone).toFormat('yyyy-MM-dd');

/** `HH:mm:ss` in the zone. */
export const localTime = (at: Date, zone: string): string => local(at, zone).toFormat('HH:mm:ss');

/** `YYYY-MM` in the zone. */
export const monthOf = (at: Date, zone: string): string => local(at, zone).toFormat('yyyy-MM');

/** The half-open range of a month `YYYY-MM` in the zone. */
export function monthRange(month: string, zone: string): { from: Date; to: Date } {
  const from = DateTime.fromFormat(month, 'yyyy-MM', { zone });
  if (!from.isValid) throw new RangeError(`not a month in that zone: ${month}`);
  return { from: from.toJSDate(), to: from.plus({ months: 1 }).toJSDate() };
}

/** The first instant of a local day `YYYY-MM-DD`. */
export function startOfLocalDay(date: string, zone: string): Date {
  const day = DateTime.fromISO(date, { zone });
  if (!day.isValid) throw new RangeError(`not a day in that zone: ${date}`);
  return day.startOf('day').toJSDate();
}

/** The day `n` days after a day `YYYY-MM-DD`; negative for before. */
export const addDays = (date: string, n: number): string =>
  DateTime.fromISO(date, { zone: 'utc' }).plus({ days: n }).toFormat('yyyy-MM-dd');

/** The end of a local day `YYYY-MM-DD`: the first instant of the next. */
export const endOfLocalDay = (date: string, zone: string): Date => startOfLocalDay(addDays(date, 1), zone);

/** When the local day that an instant belongs to is over. */
export const nextMidnight = (at: Date, zone: string): Date => endOfLocalDay(localDate(at, zone), zone);

/** The Monday on or before a day `YYYY-MM-DD`. */
export const startOfWeek = (date: string): string =>
  DateTime.fromISO(date, { zone: 'utc' }).startOf('week').toFormat('yyyy-MM-dd');

/** Whether a text names a zone of the IANA database; offsets such as `UTC+8` are none (PostgreSQL reads them the other way). */
export const isTimeZone = (zone: string): boolean =>
  /^[A-Z]/.test(zone) && !/\d/.test(zone) && DateTime.local({ zone }).isValid;
