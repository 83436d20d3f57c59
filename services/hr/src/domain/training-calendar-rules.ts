/** Whether people work on a day. */
export type IsWorkday = (day: string) => boolean;

/**
 * The day of a weekly meeting among the days of its week from Monday on: its weekday (ISO, Monday is 1); on a holiday the
 * next working day of the week, or else the last one before it. null: nobody works that week.
 */
export function meetingDay(week: readonly string[], weekday: number, isWorkday: IsWorkday): string | null {
  const later = week.slice(weekday - 1).find(isWorkday);
  return later ?? week.slice(0, weekday - 1).findLast(isWorkday) ?? null;
}
