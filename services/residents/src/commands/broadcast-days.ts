import { addDays, localDate, startOfLocalDay, startOfWeek } from '@steward/core';

import { weekdaysOfWeek, type BroadcastDay, type BroadcastSchedule } from '../domain/broadcast-script-rules.ts';

function weekdayOf(day: string): string {
  const monday = startOfWeek(day);
  return weekdaysOfWeek.find((_weekday, index) => addDays(monday, index) === day) ?? '1';
}

type Range = Pick<BroadcastSchedule, 'validFrom' | 'validTo'>;

/** The days of a schedule from that of an instant on, one after the other: whoever has found one asks for no more. */
export function* broadcastDays({ validFrom, validTo }: Range, from: Date, zone: string): Generator<BroadcastDay> {
  const today = localDate(from, zone);
  for (let day = validFrom > today ? validFrom : today; day < validTo; day = addDays(day, 1))
    yield { weekday: weekdayOf(day), startsAt: startOfLocalDay(day, zone) };
}
