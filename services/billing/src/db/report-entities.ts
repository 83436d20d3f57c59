import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { CollectionReport } from '../domain/collection-report.ts';
import type { AnnualBudget, PublishedAccounts, PublishedFigure } from '../domain/published-accounts.ts';

const optional = { nullable: true };
const bytes = { type: 'bytea' as const };

export const collectionReportEntity = defineEntity<CollectionReport>({
  name: 'CollectionReport',
  table: 'collection_report',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    period: column.text(),
    startsOn: column.date(),
    endsOn: column.date(),
    statistics: column.json(),
    planSealed: column.text(optional),
    meetingOn: column.date(optional),
    reviewedAt: column.instant(optional),
  },
});

export const publishedAccountsEntity = defineEntity<PublishedAccounts>({
  name: 'PublishedAccounts',
  table: 'published_accounts',
  columns: {
    ...aggregateColumns,
    startsOn: column.date(),
    endsOn: column.date(),
    currency: column.text(),
    height: column.bigint(),
    hash: bytes,
  },
});

export const publishedFigureEntity = defineEntity<PublishedFigure>({
  name: 'PublishedFigure',
  table: 'published_figure',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    publishedAccountsId: column.uuid(),
    position: column.int(),
    accountType: column.text(),
    chargeTypeCode: column.text(optional),
    amount: column.bigint(),
  },
});

export const annualBudgetEntity = defineEntity<AnnualBudget>({
  name: 'AnnualBudget',
  table: 'annual_budget',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    year: column.int(),
    currency: column.text(),
    lines: column.json(),
    approvedAt: column.instant(optional),
    approvedBy: column.uuid(optional),
  },
});

export const reportEntities = [
  collectionReportEntity,
  publishedAccountsEntity,
  publishedFigureEntity,
  annualBudgetEntity,
];
