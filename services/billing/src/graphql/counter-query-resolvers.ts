import { communityScope, connection } from '@steward/service-kit';

import { cashJournal } from '../commands/cash-journal.ts';
import { safeJournal } from '../commands/safe-journal.ts';
import {
  cashMonthOrders,
  cashMonthsQuery,
  cashierSessionOrders,
  cashierSessionsQuery,
  doorCollectionOrders,
  doorCollectionsQuery,
  dunningCaseOrders,
  dunningCasesQuery,
  expenditureOrders,
  expendituresQuery,
  expenseClaimOrders,
  expenseClaimsQuery,
  paymentOrders,
  paymentsQuery,
  providerPaymentOrders,
  providerPaymentsQuery,
  refundOrders,
  refundsQuery,
  safeCheckOrders,
  safeChecksQuery,
  safeMovementOrders,
  safeMovementsQuery,
} from '../db/counter-list-queries.ts';
import type { BillingContext } from '../db/loaders.ts';
import { communityOfBooks } from '../db/reference-queries.ts';
import type { QueryResolvers } from './generated.ts';

type Asked = { filter?: { communityId?: string | null } | null };

/** A community that is asked for by name has to be within reach; what else is seen, the access table says. */
function checkReach({ viewer }: BillingContext, { filter }: Asked): void {
  if (filter?.communityId != null) communityScope(viewer, filter.communityId);
}

export const counterQueries: QueryResolvers<BillingContext> = {
  payment: (_parent, { id }, ctx) => ctx.loaders.payment.load(id),
  payments: (_parent, args, ctx) => {
    checkReach(ctx, args);
    return connection(ctx, (tx) => paymentsQuery(tx, args.filter ?? {}), paymentOrders[args.orderBy], args);
  },
  doorCollection: (_parent, { id }, ctx) => ctx.loaders.doorCollection.load(id),
  doorCollections: (_parent, args, ctx) => {
    checkReach(ctx, args);
    return connection(
      ctx,
      (tx) => doorCollectionsQuery(tx, args.filter ?? {}),
      doorCollectionOrders[args.orderBy],
      args,
    );
  },
  cashierSession: (_parent, { id }, ctx) => ctx.loaders.cashierSession.load(id),
  cashierSessions: (_parent, args, ctx) => {
    checkReach(ctx, args);
    return connection(
      ctx,
      (tx) => cashierSessionsQuery(tx, args.filter ?? {}),
      cashierSessionOrders[args.orderBy],
      args,
    );
  },
  safeCheck: (_parent, { id }, ctx) => ctx.loaders.safeCheck.load(id),
  safeChecks: (_parent, args, ctx) => {
    checkReach(ctx, args);
    return connection(ctx, (tx) => safeChecksQuery(tx, args.filter ?? {}), safeCheckOrders[args.orderBy], args);
  },
  safeMovement: (_parent, { id }, ctx) => ctx.loaders.safeMovement.load(id),
  safeMovements: (_parent, args, ctx) => {
    checkReach(ctx, args);
    return connection(ctx, (tx) => safeMovementsQuery(tx, args.filter ?? {}), safeMovementOrders[args.orderBy], args);
  },
  safeJournal: (_parent, { communityId, from, to }, ctx) => {
    communityScope(ctx.viewer, communityId);
    return ctx.read((tx) => safeJournal(tx, { communityId, from, to }));
  },
  cashMonth: (_parent, { id }, ctx) => ctx.loaders.cashMonth.load(id),
  cashMonths: (_parent, args, ctx) => {
    checkReach(ctx, args);
    return connection(ctx, (tx) => cashMonthsQuery(tx, args.filter ?? {}), cashMonthOrders[args.orderBy], args);
  },
  refund: (_parent, { id }, ctx) => ctx.loaders.refund.load(id),
  refunds: (_parent, args, ctx) => {
    checkReach(ctx, args);
    return connection(ctx, (tx) => refundsQuery(tx, args.filter ?? {}), refundOrders[args.orderBy], args);
  },
  expenseClaim: (_parent, { id }, ctx) => ctx.loaders.expenseClaim.load(id),
  expenseClaims: (_parent, args, ctx) => {
    checkReach(ctx, args);
    return connection(ctx, (tx) => expenseClaimsQuery(tx, args.filter ?? {}), expenseClaimOrders[args.orderBy], args);
  },
  expenditure: (_parent, { id }, ctx) => ctx.loaders.expenditure.load(id),
  expenditures: (_parent, args, ctx) => {
    checkReach(ctx, args);
    return connection(ctx, (tx) => expendituresQuery(tx, args.filter ?? {}), expenditureOrders[args.orderBy], args);
  },
  dunningCase: (_parent, { id }, ctx) => ctx.loaders.dunningCase.load(id),
  dunningCases: (_parent, args, ctx) => {
    checkReach(ctx, args);
    return connection(ctx, (tx) => dunningCasesQuery(tx, args.filter ?? {}), dunningCaseOrders[args.orderBy], args);
  },
  providerPayment: (_parent, { id }, ctx) => ctx.loaders.providerPayment.load(id),
  providerPayments: (_parent, args, ctx) => {
    checkReach(ctx, args);
    return connection(
      ctx,
      (tx) => providerPaymentsQuery(tx, args.filter ?? {}),
      providerPaymentOrders[args.orderBy],
      args,
    );
  },
  cashJournal: (_parent, { communityId, from, to }, ctx) => {
    communityScope(ctx.viewer, communityId);
    return ctx.read((tx) => cashJournal(tx, { communityId, from, to }));
  },
  providerBills: async (_parent, { communityId }, ctx) => {
    communityScope(ctx.viewer, communityId);
    const { currency } = await ctx.read((tx) => communityOfBooks(tx, communityId));
    return (await ctx.loaders.providerBillsOf.load(communityId)).map((bill) => ({ ...bill, currency }));
  },
};
