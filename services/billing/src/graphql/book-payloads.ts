import { loaded } from '@steward/service-kit';

import type { BillingContext } from '../db/loaders.ts';

type Payload<Name extends string> = Record<Name, { id: string }>;

/** A command answers `{ id }`; the payload loads what a client selects. */
export const bookPayloads = {
  ReconcileBooksPayload: {
    bookReconciliation: (payload: Payload<'bookReconciliation'>, _args: unknown, ctx: BillingContext) =>
      loaded(ctx.loaders.bookReconciliation.load(payload.bookReconciliation.id)),
  },
  CloseLedgerPeriodPayload: {
    ledgerPeriod: (payload: Payload<'ledgerPeriod'>, _args: unknown, ctx: BillingContext) =>
      loaded(ctx.loaders.ledgerPeriod.load(payload.ledgerPeriod.id)),
  },
  PublishAccountsPayload: {
    publishedAccounts: (payload: Payload<'publishedAccounts'>, _args: unknown, ctx: BillingContext) =>
      loaded(ctx.loaders.publishedAccounts.load(payload.publishedAccounts.id)),
  },
  ReviewCollectionReportPayload: {
    collectionReport: (payload: Payload<'collectionReport'>, _args: unknown, ctx: BillingContext) =>
      loaded(ctx.loaders.collectionReport.load(payload.collectionReport.id)),
  },
  DraftAnnualBudgetPayload: {
    annualBudget: (payload: Payload<'annualBudget'>, _args: unknown, ctx: BillingContext) =>
      loaded(ctx.loaders.annualBudget.load(payload.annualBudget.id)),
  },
  ApproveAnnualBudgetPayload: {
    annualBudget: (payload: Payload<'annualBudget'>, _args: unknown, ctx: BillingContext) =>
      loaded(ctx.loaders.annualBudget.load(payload.annualBudget.id)),
  },
};
