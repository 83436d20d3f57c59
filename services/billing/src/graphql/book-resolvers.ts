import { availableActions, communityScope, connection, historyOf } from '@steward/service-kit';

import { approveAnnualBudget } from '../commands/approve-annual-budget.ts';
import { closeLedgerPeriod } from '../commands/close-ledger-period.ts';
import { draftAnnualBudget } from '../commands/draft-annual-budget.ts';
import { judgeBudgetActions, judgeReportActions } from '../commands/judge-book-actions.ts';
import { publishAccounts } from '../commands/publish-accounts.ts';
import { reconcileBooks } from '../commands/reconcile-books.ts';
import { reviewCollectionReport } from '../commands/review-collection-report.ts';
import { verifyBooks } from '../commands/verify-books.ts';
import { compareBudget } from '../db/budget-queries.ts';
import {
  budgetsQuery,
  orderOf,
  periodsQuery,
  publicationsQuery,
  reconciliationsQuery,
  reportsQuery,
} from '../db/ledger-list-queries.ts';
import { balancesByType } from '../db/ledger-queries.ts';
import type { BillingContext } from '../db/loaders.ts';
import { arrearsOf, statisticsOf } from './collection-figures.ts';
import type {
  AnnualBudgetResolvers,
  BookReconciliationResolvers,
  CollectionReportResolvers,
  LedgerPeriodResolvers,
  LedgerVerificationResolvers,
  MutationResolvers,
  PublishedAccountsResolvers,
  QueryResolvers,
} from './generated.ts';

/** A community that is asked for by name has to be within reach; what else is seen, the access table says. */
const within = ({ viewer }: BillingContext, communityId: string | null | undefined): void => {
  if (communityId != null) communityScope(viewer, communityId);
};

export const bookQueries: QueryResolvers<BillingContext> = {
  verifyLedger: (_parent, { communityId, fromHeight, keptHeads: kept, most, after }, ctx) => {
    within(ctx, communityId);
    const keptHeads = kept.map(({ height, hash }) => ({ height, hash: Buffer.from(hash, 'hex') }));
    const extent = { fromHeight, keptHeads, most, after: after ?? null };
    return ctx.read((tx) => verifyBooks(tx, communityId, extent));
  },
  ledgerBalances: (_parent, { communityId, before }, ctx) => {
    within(ctx, communityId);
    return ctx.read((tx) => balancesByType(tx, communityId, before ?? null));
  },
  bookReconciliations: (_parent, args, ctx) => {
    within(ctx, args.filter?.communityId);
    return connection(ctx, (tx) => reconciliationsQuery(tx, args.filter ?? {}), orderOf(args.orderBy), args);
  },
  ledgerPeriods: (_parent, args, ctx) => {
    within(ctx, args.filter?.communityId);
    return connection(ctx, (tx) => periodsQuery(tx, args.filter ?? {}), orderOf(args.orderBy), args);
  },
  collectionStatistics: (_parent, args, ctx) => statisticsOf(ctx, args),
  arrearsStatistics: (_parent, args, ctx) => arrearsOf(ctx, args),
  collectionReports: (_parent, args, ctx) => {
    within(ctx, args.filter?.communityId);
    return connection(ctx, (tx) => reportsQuery(tx, args.filter ?? {}), orderOf(args.orderBy), args);
  },
  publishedAccounts: (_parent, args, ctx) => {
    within(ctx, args.filter?.communityId);
    return connection(ctx, (tx) => publicationsQuery(tx, args.filter ?? {}), orderOf(args.orderBy), args);
  },
  annualBudgets: (_parent, args, ctx) => {
    within(ctx, args.filter?.communityId);
    return connection(ctx, (tx) => budgetsQuery(tx, args.filter ?? {}), orderOf(args.orderBy), args);
  },
  budgetData: async (_parent, { communityId, year }, ctx) => {
    within(ctx, communityId);
    const found = await ctx.read((tx) => compareBudget(tx, { communityId, year, lines: [] }));
    return found.map((row) => ({ ...row, communityId }));
  },
};

export const bookMutations: MutationResolvers<BillingContext> = {
  reconcileBooks: async (_parent, { input }, ctx) => ({ bookReconciliation: await ctx.command(reconcileBooks, input) }),
  closeLedgerPeriod: async (_parent, { input }, ctx) => ({ ledgerPeriod: await ctx.command(closeLedgerPeriod, input) }),
  publishAccounts: async (_parent, { input }, ctx) => ({
    publishedAccounts: await ctx.command(publishAccounts, input),
  }),
  reviewCollectionReport: async (_parent, { input }, ctx) => ({
    collectionReport: await ctx.command(reviewCollectionReport, input),
  }),
  draftAnnualBudget: async (_parent, { input }, ctx) => ({ annualBudget: await ctx.command(draftAnnualBudget, input) }),
  approveAnnualBudget: async (_parent, { input }, ctx) => ({
    annualBudget: await ctx.command(approveAnnualBudget, input),
  }),
};

const hex = (hash: Buffer): string => hash.toString('hex');

const LedgerVerification: LedgerVerificationResolvers<BillingContext> = {
  isComplete: ({ next }) => next === null,
  isIntact: ({ findings, foundBefore, next }) => next === null && foundBefore + findings.length === 0,
  hash: ({ hash }) => hex(hash),
};

const BookReconciliation: BookReconciliationResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.bookReconciliation.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  reconciledOn: ({ onDay }) => onDay,
  checks: ({ checks, communityId }) => checks.map((check) => ({ ...check, communityId })),
  availableActions: (row, _args, ctx) => availableActions(ctx, row, []),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const LedgerPeriod: LedgerPeriodResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.ledgerPeriod.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  hash: ({ hash }) => hex(hash),
  availableActions: (row, _args, ctx) => availableActions(ctx, row, []),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const CollectionReport: CollectionReportResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.collectionReport.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  statistics: ({ statistics, communityId }) => ({ ...statistics, communityId }),
  plan: ({ planSealed }, _args, ctx) => (planSealed === null ? null : ctx.open(planSealed)),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.ledgerDeadlines.load(id),
  availableActions: (report, _args, ctx) => availableActions(ctx, report, judgeReportActions(report)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const sumOf = (amounts: readonly { amount: number }[]): number => amounts.reduce((sum, { amount }) => sum + amount, 0);

const PublishedAccounts: PublishedAccountsResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.publishedAccounts.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  income: async ({ id, currency }, _args, ctx) => {
    const figures = await ctx.loaders.publishedFigures.load(id);
    return { amount: sumOf(figures.filter(({ accountType }) => accountType === 'REVENUE')), currency };
  },
  expenditure: async ({ id, currency }, _args, ctx) => {
    const figures = await ctx.loaders.publishedFigures.load(id);
    return { amount: sumOf(figures.filter(({ accountType }) => accountType !== 'REVENUE')), currency };
  },
  figures: async (accounts, _args, ctx) => {
    const figures = await ctx.loaders.publishedFigures.load(accounts.id);
    return figures.map((figure) => ({ ...figure, accounts }));
  },
  hash: ({ hash }) => hex(hash),
  availableActions: (row, _args, ctx) => availableActions(ctx, row, []),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const AnnualBudget: AnnualBudgetResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.annualBudget.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  comparison: async (budget, _args, ctx) => {
    const found = await ctx.read((tx) => compareBudget(tx, budget));
    return found.map((row) => ({ ...row, communityId: budget.communityId }));
  },
  approvedBy: ({ approvedBy }) => (approvedBy === null ? null : { id: approvedBy }),
  availableActions: (budget, _args, ctx) => availableActions(ctx, budget, judgeBudgetActions(budget)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const bookTypes = {
  LedgerVerification,
  BookReconciliation,
  LedgerPeriod,
  CollectionReport,
  PublishedAccounts,
  AnnualBudget,
};
