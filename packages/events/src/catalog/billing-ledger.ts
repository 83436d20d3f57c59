import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'billing';
const id = z.guid();
const day = z.iso.date();
const month = z.string().regex(/^\d{4}-\d{2}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const height = z.int().min(0);

// ---- Period: a month of the books of a community

const period = { publisher, aggregate: 'ledger-period', version: 1 } as const;

export const ledgerPeriodClosed = defineEvent({
  ...period,
  fact: 'closed',
  description: 'The books of a month take no more postings; the head of the chain of blocks as it stood then.',
  data: z.object({ periodId: id, communityId: id, month, height, hash }),
});

// ---- Head: what a reader keeps, to find out later whether anything before it was altered

export const ledgerHeadPublished = defineEvent({
  publisher,
  aggregate: 'ledger-head',
  fact: 'published',
  version: 1,
  description: 'Where the chain of blocks of a community stood at the end of a day.',
  data: z.object({ communityId: id, on: day, height, hash }),
});

// ---- Reconciliation: the books beside the ledger

export const bookReconciliationMade = defineEvent({
  publisher,
  aggregate: 'book-reconciliation',
  fact: 'made',
  version: 1,
  description: 'The books of a community were compared with its ledger.',
  data: z.object({ reconciliationId: id, communityId: id, on: day, isClean: z.boolean() }),
});

// ---- Collection report

const report = { publisher, aggregate: 'collection-report', version: 1 } as const;
const amount = z.int().describe('minor units of the currency');

export const collectionReportIssued = defineEvent({
  ...report,
  fact: 'issued',
  description: 'What was charged, collected and is owed, of a day or month, was put on record.',
  data: z.object({
    reportId: id,
    period: z.enum(['DAY', 'MONTH']),
    startsOn: day,
    endsOn: day.describe('the first day after the period'),
    currency: z.string().length(3),
    chargedAmount: amount,
    collectedAmount: amount.describe('of what was charged in the period'),
    collectionRate: z.string().nullable().describe('four decimals; null: nothing was charged'),
    receivedAmount: amount.describe('in the period, whatever it was for'),
    arrearsAmount: amount.describe('overdue at the end of the period'),
  }),
});

export const collectionReportReviewed = defineEvent({
  ...report,
  fact: 'reviewed',
  description: 'The report was gone through together; the plan stays with it.',
  data: z.object({ reportId: id, meetingOn: day }),
});

export const collectionReportDeadlines = deadlineEvents(publisher, 'collection-report');

// ---- Published accounts and budget

export const publishedAccountsPublished = defineEvent({
  publisher,
  aggregate: 'published-accounts',
  fact: 'published',
  version: 1,
  description: 'Income and expenditure of closed months were made public.',
  data: z.object({
    publishedAccountsId: id,
    communityId: id,
    startsOn: day,
    endsOn: day.describe('the first day after the months'),
    currency: z.string().length(3),
    incomeAmount: amount,
    expenditureAmount: amount,
    height,
    hash,
  }),
});

const budget = { publisher, aggregate: 'annual-budget', version: 1 } as const;
const ofBudget = z.object({
  budgetId: id,
  communityId: id,
  year: z.int(),
  currency: z.string().length(3),
  incomeAmount: amount,
  expenditureAmount: amount,
});

export const annualBudgetDrafted = defineEvent({
  ...budget,
  fact: 'drafted',
  description: 'What is planned to be earned and spent in a year was drawn up, or drawn up anew.',
  data: ofBudget,
});

export const annualBudgetApproved = defineEvent({
  ...budget,
  fact: 'approved',
  description: 'The director approved the budget of a year; it stays as it is.',
  data: ofBudget,
});
