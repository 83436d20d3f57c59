import type { TimerCommand } from '@steward/service-kit';

import { compareBooksStep, comparisonTimer } from './compare-books.ts';
import {
  dailyReportTimer,
  issueDailyCollectionReport,
  issueMonthlyCollectionReport,
  monthlyReportTimer,
} from './issue-collection-report.ts';
import { ledgerHeadTimer, publishLedgerHead } from './publish-ledger-head.ts';

/** Timers of the books. */
export const ledgerTimers: Record<string, TimerCommand> = {
  [ledgerHeadTimer]: publishLedgerHead,
  [comparisonTimer]: compareBooksStep,
  [dailyReportTimer]: issueDailyCollectionReport,
  [monthlyReportTimer]: issueMonthlyCollectionReport,
};
