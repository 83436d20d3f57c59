import type { AccessPolicy, SubjectOf } from '@steward/auth';

import { subjectOfAccount, subjectOfCharge } from '../db/ledger-subject-queries.ts';
import type { BillingContext } from '../db/loaders.ts';
import type { BillingAccount } from '../domain/billing-account.ts';
import type { Charge } from '../domain/charge.ts';
import { ledgerGrants } from '../commands/ledger-grants.ts';
import { desk, directors, inherited, near, own, readers, staff } from './grants.ts';

const seers = [...near(readers), own];
/** Whoever lives or works in the community. */
const published = near([...staff, 'committee', 'resident']);

/** Who may see and do what with accounts, charges and the books. */
export const ledgerAccess: AccessPolicy = {
  'Query.billingAccount': seers,
  'Query.billingAccounts': seers,
  'Query.charge': seers,
  'Query.charges': seers,
  'Query.billingNotifications': 'authenticated',
  'Query.billingPolicies': near(staff),

  'Query.verifyLedger': near([...readers, 'committee']),
  'Query.ledgerBalances': near(readers),
  'Query.bookReconciliations': near(readers),
  'Query.ledgerPeriods': near([...readers, 'committee']),
  'Query.collectionStatistics': near(readers),
  'Query.arrearsStatistics': near(readers),
  'Query.collectionReports': near(readers),
  'Query.publishedAccounts': published,
  'Query.annualBudgets': near([...readers, 'committee']),
  'Query.budgetData': near(readers),

  ...ledgerGrants,
  'Mutation.setBillingPolicy': near(directors),

  BillingAccount: seers,
  'BillingAccount.history': near(desk),
  Charge: seers,
  'Charge.history': near(readers),
  LedgerPosting: 'inherit',
  BookReconciliation: near(readers),
  LedgerPeriod: near([...readers, 'committee']),
  CollectionReport: near(readers),
  PublishedAccounts: published,
  'PublishedAccounts.history': near(readers),
  AnnualBudget: near([...readers, 'committee']),
  Community: 'inherit',
  Unit: 'inherit',
  'Unit.charges': 'authenticated',
  Household: 'inherit',
  'Household.charges': 'authenticated',

  ...inherited([
    'Person',
    'Organisation',
    'Staff',
    'ChargeServiceLine',
    'BillingPolicyFigure',
    'BillingAccountConnection',
    'BillingAccountEdge',
    'ChargeConnection',
    'ChargeEdge',
    'LedgerVerification',
    'LedgerFinding',
    'LedgerBalance',
    'LedgerPostingConnection',
    'LedgerPostingEdge',
    'BookCheck',
    'BookReconciliationConnection',
    'BookReconciliationEdge',
    'LedgerPeriodConnection',
    'LedgerPeriodEdge',
    'CollectionStatistics',
    'ChargeTypeCollection',
    'ArrearsStatistics',
    'ArrearsGroup',
    'CollectionReportConnection',
    'CollectionReportEdge',
    'PublishedAccountsConnection',
    'PublishedAccountsEdge',
    'PublishedFigure',
    'AnnualBudgetConnection',
    'AnnualBudgetEdge',
    'BudgetComparison',
    'ReconcileBooksPayload',
    'CloseLedgerPeriodPayload',
    'PublishAccountsPayload',
    'ReviewCollectionReportPayload',
    'DraftAnnualBudgetPayload',
    'ApproveAnnualBudgetPayload',
    'ReverseChargePayload',
    'SetBillingPolicyPayload',
  ]),
};

const isAccount = (account: BillingAccount | { id: string }): account is BillingAccount => 'partyKind' in account;
const isCharge = (charge: Charge | { id: string }): charge is Charge => 'status' in charge;

const inCommunity = ({ communityId }: { communityId: string }) => ({ communityId });

/** On what `own` and `community` are judged. */
export const ledgerSubjects: SubjectOf = {
  BillingAccount: async (account: BillingAccount | { id: string }, ctx: BillingContext) => {
    const row = isAccount(account) ? account : await ctx.loaders.billingAccount.load(account.id);
    return row === null ? null : subjectOfAccount(row);
  },
  Charge: async (charge: Charge | { id: string }, ctx: BillingContext) => {
    const row = isCharge(charge) ? charge : await ctx.loaders.charge.load(charge.id);
    return row === null ? null : subjectOfCharge(row);
  },
  BookReconciliation: inCommunity,
  LedgerPeriod: inCommunity,
  CollectionReport: inCommunity,
  PublishedAccounts: inCommunity,
  AnnualBudget: inCommunity,
  Community: ({ id }: { id: string }) => ({ communityId: id }),
};
