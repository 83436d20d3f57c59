import { DomainError, refuseAll } from '@steward/core';

import { postingsAtOnce, postingsInAnswer } from './book-comparison.ts';
import type { BookCheck, LedgerFinding } from './ledger-period.ts';

const rule = 'A232';

/** The first day after a month `YYYY-MM`. */
export function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
}

/** The month of a day. */
export const monthOfDay = (day: string): string => day.slice(0, 7);

type Books = {
  /** Today in the community. */
  today: string;
  /** The first day that takes postings; null: nothing was ever closed. */
  closedTo: string | null;
  /** The day of the first posting; null: there is none. */
  firstDay: string | null;
};

/** A month is closed when it is over, once, and after the months before it. */
export function checkClose(month: string, { today, closedTo, firstDay }: Books): void {
  const startsOn = `${month}-01`;
  if (monthAfter(month) > today)
    throw new DomainError('CONFLICT', 'PERIOD_NOT_OVER', { rule, path: 'input.month', params: { month } });
  if (closedTo !== null && startsOn < closedTo)
    throw new DomainError('CONFLICT', 'PERIOD_CLOSED', { rule, path: 'input.month' });
  const next = closedTo ?? (firstDay === null ? startsOn : `${monthOfDay(firstDay)}-01`);
  if (startsOn > next)
    throw new DomainError('CONFLICT', 'PERIOD_BEFORE_OPEN', { rule, path: 'input.month', params: { next } });
}

/** Books that differ are put right before they are closed. */
export function checkReconciled(checks: readonly BookCheck[], findings: readonly LedgerFinding[]): void {
  if (isClean(checks, findings)) return;
  const differing = checks.find(({ bookAmount, ledgerAmount }) => bookAmount !== ledgerAmount);
  const params = { book: differing?.book ?? findings[0]?.finding ?? '' };
  throw new DomainError('CONFLICT', 'BOOKS_DIFFER', { rule, params });
}

export const isClean = (checks: readonly BookCheck[], findings: readonly LedgerFinding[]): boolean =>
  findings.length === 0 && checks.every(({ bookAmount, ledgerAmount }) => bookAmount === ledgerAmount);

/** How many postings an answer may look at: not so many that nobody can wait for it. */
export function requireMost(most: number | null | undefined, path: string): number {
  const asked = most ?? postingsInAnswer;
  if (!Number.isSafeInteger(asked) || asked < 1 || asked > postingsAtOnce)
    throw new DomainError('BAD_USER_INPUT', 'EXTENT_UNFIT', { path, params: { most: postingsAtOnce } });
  return asked;
}

/** More than an answer looks at is compared by itself first, and closed after that. */
export function checkCompared(isAll: boolean): void {
  if (!isAll) throw new DomainError('CONFLICT', 'COMPARISON_REQUIRED', { rule });
}

/** Accounts are made public of whole months that are closed (A003). */
export function checkPublishable(fromMonth: string, toMonth: string, closedTo: string | null): void {
  refuseAll(fromMonth > toMonth ? [{ path: 'input.toMonth', reason: 'PERIOD_ENDS_BEFORE', rule: 'A003' }] : []);
  if (closedTo !== null && monthAfter(toMonth) <= closedTo) return;
  throw new DomainError('CONFLICT', 'PERIOD_OPEN', { rule: 'A003', path: 'input.toMonth' });
}
