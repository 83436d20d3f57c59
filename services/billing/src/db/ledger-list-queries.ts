import type { Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { CollectionReport } from '../domain/collection-report.ts';
import type { BookReconciliation, LedgerPeriod } from '../domain/ledger-period.ts';
import type { AnnualBudget, PublishedAccounts } from '../domain/published-accounts.ts';
import type {
  AnnualBudgetFilter,
  BookReconciliationFilter,
  CollectionReportFilter,
  LedgerPeriodFilter,
  PublishedAccountsFilter,
} from '../graphql/generated.ts';
import { whereEach } from './charge-list-queries.ts';
import { bookReconciliationEntity, ledgerPeriodEntity } from './period-entities.ts';
import { annualBudgetEntity, collectionReportEntity, publishedAccountsEntity } from './report-entities.ts';

/** `STARTS_ON_DESC` and the like. */
export function orderOf(orderBy: string): Order {
  const words = orderBy.toLowerCase().split('_');
  const direction = words.pop() === 'asc' ? 'ASC' : 'DESC';
  const property = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)));
  return { property: property.join(''), direction };
}

export const reconciliationsQuery = (
  tx: Tx,
  filter: BookReconciliationFilter,
): SelectQueryBuilder<BookReconciliation> =>
  whereEach(tx.createQueryBuilder(bookReconciliationEntity, 'r'), { ...filter });

export const periodsQuery = (tx: Tx, filter: LedgerPeriodFilter): SelectQueryBuilder<LedgerPeriod> =>
  whereEach(tx.createQueryBuilder(ledgerPeriodEntity, 'p'), { ...filter });

export const reportsQuery = (tx: Tx, filter: CollectionReportFilter): SelectQueryBuilder<CollectionReport> =>
  whereEach(tx.createQueryBuilder(collectionReportEntity, 'r'), { ...filter });

export const publicationsQuery = (tx: Tx, filter: PublishedAccountsFilter): SelectQueryBuilder<PublishedAccounts> =>
  whereEach(tx.createQueryBuilder(publishedAccountsEntity, 'p'), { ...filter });

export const budgetsQuery = (tx: Tx, filter: AnnualBudgetFilter): SelectQueryBuilder<AnnualBudget> =>
  whereEach(tx.createQueryBuilder(annualBudgetEntity, 'b'), { ...filter });
