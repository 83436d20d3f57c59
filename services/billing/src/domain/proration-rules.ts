/** Days `[from, to)` as `YYYY-MM-DD`. */
export type Days = { from: string; to: string };

/**
 * Parts of a month: a month of 28, 29, 30 or 31 days divides into them without a remainder, so a fee for some days is
 * an exact fraction and is rounded once, at the end.
 */
export const monthParts = 377_580;

const dayMs = 86_400_000;
const utc = (day: string): Date => new Date(`${day}T00:00:00Z`);
const text = (date: Date): string => date.toISOString().slice(0, 10);

/** The first day of the month `n` months after that of a day. */
export function firstOfMonth(day: string, n = 0): string {
  const date = utc(day);
  return text(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + n, 1)));
}

export const dayCount = ({ from, to }: Days): number => Math.max(0, (utc(to).getTime() - utc(from).getTime()) / dayMs);

/** How many parts of months the days cover: each calendar month counts by its own number of days. */
export function partsOfMonths({ from, to }: Days): number {
  let parts = 0;
  for (let month = firstOfMonth(from); month < to; month = firstOfMonth(month, 1)) {
    const next = firstOfMonth(month, 1);
    const days = dayCount({ from: from > month ? from : month, to: to < next ? to : next });
    parts += (days * monthParts) / dayCount({ from: month, to: next });
  }
  return parts;
}

/** The days that two ranges share; null if none. */
export function overlap(one: Days, other: Days): Days | null {
  const from = one.from > other.from ? one.from : other.from;
  const to = one.to < other.to ? one.to : other.to;
  return from < to ? { from, to } : null;
}
