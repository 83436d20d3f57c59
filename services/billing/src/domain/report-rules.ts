import { DomainError, refuseAll, type Violation } from '@steward/core';

import type { CollectionReport } from './collection-report.ts';
import { customerServiceDepartment, type CollectionValues } from './ledger-policy.ts';
import { ledgerTransitions } from './ledger-transition-policy.ts';
import type { AnnualBudget, BudgetLine } from './published-accounts.ts';

const refusalIn = (action: 'reviewCollectionReport' | 'approveAnnualBudget' | 'draftAnnualBudget', status: string) => {
  const { from, rule } = ledgerTransitions[action];
  return (from as readonly string[]).includes(status)
    ? null
    : { reason: 'ILLEGAL_TRANSITION', rule, params: { action, status } };
};

const refuse = (refusal: ReturnType<typeof refusalIn>): void => {
  if (refusal !== null) throw new DomainError('CONFLICT', refusal.reason, refusal);
};

/** Why the state refuses a review; null if it does not. */
export const reviewRefusal = ({ status }: Pick<CollectionReport, 'status'>) =>
  refusalIn('reviewCollectionReport', status);

/** Gone through together, with a plan (A235). */
export function reviewReport(
  report: CollectionReport,
  { plan, meetingOn, today }: { plan: string; meetingOn: string; today: string },
  now: Date,
): CollectionReport {
  refuse(reviewRefusal(report));
  const violations: Violation[] = [];
  if (plan.trim() === '') violations.push({ path: 'input.plan', reason: 'TEXT_REQUIRED', rule: 'A235' });
  if (meetingOn > today) violations.push({ path: 'input.meetingOn', reason: 'IN_THE_FUTURE', rule: 'A235' });
  if (meetingOn < report.endsOn)
    violations.push({ path: 'input.meetingOn', reason: 'MEETING_BEFORE_REPORT', rule: 'A235' });
  refuseAll(violations);
  return { ...report, status: 'REVIEWED', meetingOn, reviewedAt: now };
}

const customerService = (role: 'supervisor' | 'director') => ({ role, departmentCode: customerServiceDepartment });

/** The clock of a monthly report's review (A235). */
export const reviewClock = (values: CollectionValues) => ({
  kind: 'REPORT_REVIEW',
  rule: 'A235',
  span: { amount: values.reportReviewDays, unit: 'day' as const },
  warnShare: values.reportWarnShare,
  warnTo: customerService('supervisor'),
  escalations: [
    { afterShare: 1, to: customerService('supervisor') },
    { afterShare: values.reportDirectorShare, to: { role: 'director' as const } },
  ],
});

/** Why the state of a budget refuses an action; null if it does not. */
export const budgetRefusal = (
  { status }: Pick<AnnualBudget, 'status'>,
  action: 'draftAnnualBudget' | 'approveAnnualBudget',
) => refusalIn(action, status);

/** Years that a budget may be of; the table has the same. */
const budgetYears = { first: 2000, last: 2200 };

/** What a budget may be: of a year of ours, each account once, amounts not negative (A015). */
export function checkBudget(year: number, lines: readonly BudgetLine[]): void {
  const seen = new Set<string>();
  const violations: Violation[] = [];
  if (year < budgetYears.first || year > budgetYears.last)
    violations.push({ path: 'input.year', reason: 'YEAR_UNFIT', rule: 'A015', params: budgetYears });
  if (lines.length === 0) violations.push({ path: 'input.lines', reason: 'LINES_REQUIRED', rule: 'A015' });
  lines.forEach(({ accountType, code, amount }, index) => {
    const key = `${accountType}/${code}`;
    if (seen.has(key)) violations.push({ path: `input.lines.${index}.code`, reason: 'LINE_REPEATED', rule: 'A015' });
    seen.add(key);
    if (amount < 0) violations.push({ path: `input.lines.${index}.amount`, reason: 'AMOUNT_NEGATIVE', rule: 'A015' });
    if (!/^[A-Z][A-Z0-9_]*$/.test(code))
      violations.push({ path: `input.lines.${index}.code`, reason: 'CODE_MALFORMED', rule: 'A015' });
  });
  refuseAll(violations);
}

/** Approved by the director; from then on it stays as it is. */
export function approveBudget(budget: AnnualBudget, approvedBy: string | null, now: Date): AnnualBudget {
  refuse(budgetRefusal(budget, 'approveAnnualBudget'));
  return { ...budget, status: 'APPROVED', approvedAt: now, approvedBy };
}

/** A draft may be drawn up anew. */
export function redraftBudget(budget: AnnualBudget, lines: BudgetLine[]): AnnualBudget {
  refuse(budgetRefusal(budget, 'draftAnnualBudget'));
  return { ...budget, lines };
}

/** What is planned to be earned and spent in all. */
export function budgetTotals(lines: readonly BudgetLine[]): { incomeAmount: number; expenditureAmount: number } {
  const sum = (type: BudgetLine['accountType']): number =>
    lines.filter(({ accountType }) => accountType === type).reduce((total, { amount }) => total + amount, 0);
  return { incomeAmount: sum('REVENUE'), expenditureAmount: sum('EXPENSE') };
}
