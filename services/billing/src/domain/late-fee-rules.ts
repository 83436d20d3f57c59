import { Exact, roundedQuotient } from './exact.ts';
import { dayCount } from './proration-rules.ts';

/** The community's terms for paying late; the standard gives none, so the default is no fee at all. */
export type LateFeeTerms = { lateFeeDailyPermille: number; lateFeeGraceDays: number; lateFeeCapPercent: number };

export type Overdue = {
  /** What is still owed of the charge. */
  outstanding: number;
  /** The last day in time. */
  dueOn: string;
  /** The day until which a late fee was charged already; null: never. */
  chargedUntil: string | null;
  /** Late fees charged on it so far. */
  chargedAmount: number;
};

/**
 * The late fee of an overdue charge up to a day, exclusive: a daily share of what is outstanding, from the day after the
 * grace on, never beyond the cap. Late fees bear none themselves: only principals are given here.
 */
export function lateFee(overdue: Overdue, until: string, terms: LateFeeTerms): { amount: number; days: number } {
  const grace = new Date(`${overdue.dueOn}T00:00:00Z`);
  grace.setUTCDate(grace.getUTCDate() + 1 + terms.lateFeeGraceDays);
  const first = grace.toISOString().slice(0, 10);
  const from = overdue.chargedUntil !== null && overdue.chargedUntil > first ? overdue.chargedUntil : first;
  const days = dayCount({ from, to: until });
  const daily = new Exact(overdue.outstanding).times(terms.lateFeeDailyPermille);
  const fee = roundedQuotient(daily.times(days), 1000);
  const cap = roundedQuotient(new Exact(overdue.outstanding).times(terms.lateFeeCapPercent), 100);
  return { amount: Math.max(0, Math.min(fee, cap - overdue.chargedAmount)), days };
}
