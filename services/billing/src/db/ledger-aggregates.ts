import { collectionReportDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { CollectionReport } from '../domain/collection-report.ts';
import type { BookReconciliation, LedgerHead, LedgerPeriod } from '../domain/ledger-period.ts';
import type { AnnualBudget, PublishedAccounts } from '../domain/published-accounts.ts';
import { billingAccountEntity, chargeEntity } from './charge-entities.ts';
import { bookReconciliationEntity, ledgerHeadEntity, ledgerPeriodEntity } from './period-entities.ts';
import { annualBudgetEntity, collectionReportEntity, publishedAccountsEntity } from './report-entities.ts';

export const billingAccountAggregate = defineAggregate({
  type: 'billing-account',
  table: 'billing_account',
  graphqlType: 'BillingAccount',
  entity: billingAccountEntity,
  subject: ({ communityId, householdId, partyKind, partyId }) => ({
    communityId,
    householdIds: householdId === null ? [] : [householdId],
    personIds: partyKind === 'PERSON' ? [partyId] : [],
  }),
  listSubject: {
    households: ({ row }, ids) => `${row}.household_id = any(${ids})`,
    person: ({ row }, id) => `(${row}.party_kind = 'PERSON' and ${row}.party_id = ${id})`,
  },
});

export const chargeAggregate = defineAggregate({
  type: 'charge',
  table: 'charge',
  graphqlType: 'Charge',
  entity: chargeEntity,
  subject: ({ communityId, householdId }) => ({
    communityId,
    householdIds: householdId === null ? [] : [householdId],
  }),
  listSubject: { households: ({ row }, ids) => `${row}.household_id = any(${ids})` },
});

const ofCommunity = ({ communityId }: { communityId: string }) => ({ communityId });

export const ledgerPeriodAggregate = defineAggregate<LedgerPeriod>({
  type: 'ledger-period',
  table: 'ledger_period',
  graphqlType: 'LedgerPeriod',
  entity: ledgerPeriodEntity,
  subject: ofCommunity,
});

export const ledgerHeadAggregate = defineAggregate<LedgerHead>({
  type: 'ledger-head',
  table: 'ledger_head',
  graphqlType: 'LedgerHead',
  entity: ledgerHeadEntity,
  subject: ofCommunity,
});

export const bookReconciliationAggregate = defineAggregate<BookReconciliation>({
  type: 'book-reconciliation',
  table: 'book_reconciliation',
  graphqlType: 'BookReconciliation',
  entity: bookReconciliationEntity,
  subject: ofCommunity,
});

export const collectionReportAggregate = defineAggregate<CollectionReport>({
  type: 'collection-report',
  table: 'collection_report',
  graphqlType: 'CollectionReport',
  entity: collectionReportEntity,
  deadlines: collectionReportDeadlines,
  sealed: ['planSealed'],
  subject: ofCommunity,
});

export const publishedAccountsAggregate = defineAggregate<PublishedAccounts>({
  type: 'published-accounts',
  table: 'published_accounts',
  graphqlType: 'PublishedAccounts',
  entity: publishedAccountsEntity,
  subject: ofCommunity,
});

export const annualBudgetAggregate = defineAggregate<AnnualBudget>({
  type: 'annual-budget',
  table: 'annual_budget',
  graphqlType: 'AnnualBudget',
  entity: annualBudgetEntity,
  subject: ofCommunity,
});

/** Aggregates of this area. */
export const ledgerAggregates = [
  billingAccountAggregate,
  chargeAggregate,
  ledgerPeriodAggregate,
  ledgerHeadAggregate,
  bookReconciliationAggregate,
  collectionReportAggregate,
  publishedAccountsAggregate,
  annualBudgetAggregate,
];
