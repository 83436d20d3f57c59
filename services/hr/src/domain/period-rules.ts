/** Days of the calendar as `YYYY-MM-DD`; whoever asks has reckoned the day in the community's zone. */

export const daysAfter = (day: string, count: number): string =>
  new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);

/** The first day of the month so many months before that of a day. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10);
}

export const isMonday = (day: string): boolean => new Date(Date.parse(day)).getUTCDay() === 1;

export const isFirstOfMonth = (day: string): boolean => day.endsWith('-01');
