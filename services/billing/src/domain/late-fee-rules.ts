import { Exact, roundedQuotient } from './exact.ts';
import { dayCount } from './proration-rules.ts';

/** The community's terms for paying late; the standard gives none, so the default is no fee at all. */
export type LateFeeTerms = { lateFeeDailyPermille: number; lateFeeGraceDays: number; lateFeeCapPercent: number };

/** What made a charge more or less, on the day of the books: raised, paid, forgiven, owed again. */
export type Moved = { amount: number; occurredOn: string };

export type Overdue = {
  /** Everything that was posted to the charge. */
  postings: readonly Moved[];
  /** The day on which it was raised. */
  raisedOn: string;
  /** The last day in time. */
  dueOn: string;
  /** The day until which a late fee was charged already; null: never. */
  chargedUntil: string | null;
  /** Late fees charged on it so far. */
  chargedAmount: number;
};

const laterOf = (...days: (string | null)[]): string =>
  days.reduce<string>((last, day) => ((day ?? '') > last ? (day ?? '') : last), '');

/** The first day that bears a late fee. */
function firstLate(dueOn: string, { lateFeeGraceDays }: LateFeeTerms): string {
  const grace = new Date(`${dueOn}T00:00:00Z`);
  grace.setUTCDate(grace.getUTCDate() + 1 + lateFeeGraceDays);
  return grace.toISOString().slice(0, 10);
}

const sumOf = (postings: readonly Moved[]): number => postings.reduce((sum, { amount }) => sum + amount, 0);

/**
 * The late fee of an overdue charge up to a day, exclusive: a daily share of what is owed on that day, from the day after the
 * grace on and from its own day on, never beyond the cap, which is of what was overdue when the last day in time was over, or
 * of what is left since, if that is more. Late fees bear none themselves: only principals are given here.
 */
export function lateFee(overdue: Overdue, until: string, terms: LateFeeTerms): { amount: number; days: number } {
  const { postings, raisedOn, dueOn, chargedUntil, chargedAmount } = overdue;
  const since = laterOf(firstLate(dueOn, terms), raisedOn, chargedUntil);
  const posted = postings.filter(({ occurredOn }) => occurredOn < until);
  const daySum = posted.reduce(
    (sum, { amount, occurredOn }) =>
      sum.plus(new Exact(amount).times(dayCount({ from: laterOf(since, occurredOn), to: until }))),
    new Exact(0),
  );
  const fee = roundedQuotient(daySum.times(terms.lateFeeDailyPermille), 1000);
  const inTime = posted.filter(({ occurredOn }) => occurredOn <= laterOf(dueOn, raisedOn));
  const most = Math.max(sumOf(inTime), sumOf(posted));
  const cap = roundedQuotient(new Exact(most).times(terms.lateFeeCapPercent), 100);
  return { amount: Math.max(0, Math.min(fee, cap - chargedAmount)), days: dayCount({ from: since, to: until }) };
}
