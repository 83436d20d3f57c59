import { judgeActions, type JudgedAction } from '@steward/service-kit';

import type { CollectionReport } from '../domain/collection-report.ts';
import type { AnnualBudget } from '../domain/published-accounts.ts';
import { budgetRefusal, reviewRefusal } from '../domain/report-rules.ts';

/** What the state of a report would refuse. */
export const judgeReportActions = (report: CollectionReport): JudgedAction[] =>
  judgeActions(['reviewCollectionReport'], () => reviewRefusal(report));

/** What the state of a budget would refuse. */
export const judgeBudgetActions = (budget: AnnualBudget): JudgedAction[] =>
  judgeActions(['draftAnnualBudget', 'approveAnnualBudget'] as const, (action) => budgetRefusal(budget, action));
