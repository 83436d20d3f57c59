import { addDays, startOfWeek } from '@steward/core';
import chineseDays from 'chinese-days';

/** Whether people work on a day, by China's calendar with public holidays and make-up working days. */
export const isWorkday = (day: string): boolean => chineseDays.isWorkday(day);

/** The days of a week from its Monday on. */
export const daysOfWeek = (monday: string): string[] => [0, 1, 2, 3, 4, 5, 6].map((n) => addDays(monday, n));

export const nextMonth = (month: string): string => addDays(`${month}-01`, 31).slice(0, 7);

export const lastMonth = (month: string): string => addDays(`${month}-01`, -1).slice(0, 7);

export const daysOfMonth = (month: string): { startsOn: string; endsOn: string } => ({
  startsOn: `${month}-01`,
  endsOn: `${nextMonth(month)}-01`,
});

/** The weeks that begin in a month, as far as they lie in it, and in which somebody works. */
export function weeksOf(month: string): { startsOn: string; endsOn: string }[] {
  const { startsOn, endsOn } = daysOfMonth(month);
  const weeks: { startsOn: string; endsOn: string }[] = [];
  for (let monday = startOfWeek(addDays(startsOn, 6)); monday < endsOn; monday = addDays(monday, 7)) {
    const days = daysOfWeek(monday).filter((day) => day < endsOn);
    const last = days.at(-1);
    if (last !== undefined && days.some(isWorkday)) weeks.push({ startsOn: monday, endsOn: addDays(last, 1) });
  }
  return weeks;
}
