import { communityScope, loaded } from '@steward/service-kit';

import { arrearsOn, statisticsIn } from '../commands/read-collection.ts';
import type { BillingContext } from '../db/loaders.ts';
import { chargeTypeValue } from './code-value.ts';
import type {
  ArrearsGroupResolvers,
  ArrearsStatisticsResolvers,
  BookCheckResolvers,
  BudgetComparisonResolvers,
  ChargeTypeCollectionResolvers,
  CollectionStatisticsResolvers,
  LedgerBalanceResolvers,
  PublishedFigureResolvers,
} from './generated.ts';
import { pageOfPostings } from './posting-page.ts';

type Days = { communityId: string; from: string; to: string };

export async function statisticsOf(ctx: BillingContext, { communityId, from: startsOn, to: endsOn }: Days) {
  communityScope(ctx.viewer, communityId);
  const figures = await ctx.read((tx) => statisticsIn(tx, { communityId, startsOn, endsOn }));
  return { ...figures, communityId };
}

export async function arrearsOf(ctx: BillingContext, { communityId, on }: { communityId: string; on?: string | null }) {
  communityScope(ctx.viewer, communityId);
  return { ...(await ctx.read((tx) => arrearsOn(tx, communityId, on ?? null))), communityId };
}

const money = async (ctx: BillingContext, communityId: string, amount: number) => ({
  amount,
  currency: await loaded(ctx.loaders.currencyOfCommunity.load(communityId)),
});

const CollectionStatistics: CollectionStatisticsResolvers<BillingContext> = {
  charged: ({ communityId, chargedAmount }, _args, ctx) => money(ctx, communityId, chargedAmount),
  collected: ({ communityId, collectedAmount }, _args, ctx) => money(ctx, communityId, collectedAmount),
  received: ({ communityId, receivedAmount }, _args, ctx) => money(ctx, communityId, receivedAmount),
  chargeTypes: ({ communityId, chargeTypes }) => chargeTypes.map((line) => ({ ...line, communityId })),
  arrears: ({ communityId, arrears }) => ({ ...arrears, communityId }),
};

const ChargeTypeCollection: ChargeTypeCollectionResolvers<BillingContext> = {
  chargeType: ({ chargeTypeCode }) => chargeTypeValue(chargeTypeCode),
  charged: ({ communityId, chargedAmount }, _args, ctx) => money(ctx, communityId, chargedAmount),
  collected: ({ communityId, collectedAmount }, _args, ctx) => money(ctx, communityId, collectedAmount),
  received: ({ communityId, receivedAmount }, _args, ctx) => money(ctx, communityId, receivedAmount),
};

type Grouped = { communityId: string };
const inCommunity = <Group extends object>(groups: readonly Group[], { communityId }: Grouped) =>
  groups.map((group) => ({ ...group, communityId }));

const ArrearsStatistics: ArrearsStatisticsResolvers<BillingContext> = {
  countedOn: ({ onDay }) => onDay,
  amount: ({ communityId, amount }, _args, ctx) => money(ctx, communityId, amount),
  chargeTypes: (arrears) => inCommunity(arrears.chargeTypes, arrears),
  buildings: (arrears) => inCommunity(arrears.buildings, arrears),
  ages: (arrears) => inCommunity(arrears.ages, arrears),
};

const ArrearsGroup: ArrearsGroupResolvers<BillingContext> = {
  amount: ({ communityId, amount }, _args, ctx) => money(ctx, communityId, amount),
};

const BookCheck: BookCheckResolvers<BillingContext> = {
  bookAmount: ({ communityId, bookAmount }, _args, ctx) => money(ctx, communityId, bookAmount),
  ledgerAmount: ({ communityId, ledgerAmount }, _args, ctx) => money(ctx, communityId, ledgerAmount),
};

const LedgerBalance: LedgerBalanceResolvers<BillingContext> = {
  chargeType: ({ chargeTypeCode }) => (chargeTypeCode === null ? null : chargeTypeValue(chargeTypeCode)),
  balance: ({ balance: amount, currency }) => ({ amount, currency }),
};

const BudgetComparison: BudgetComparisonResolvers<BillingContext> = {
  code: ({ code }) => chargeTypeValue(code),
  planned: ({ communityId, plannedAmount }, _args, ctx) => money(ctx, communityId, plannedAmount),
  actual: ({ communityId, actualAmount }, _args, ctx) => money(ctx, communityId, actualAmount),
  lastYear: ({ communityId, lastYearAmount }, _args, ctx) => money(ctx, communityId, lastYearAmount),
};

const PublishedFigure: PublishedFigureResolvers<BillingContext> = {
  chargeType: ({ chargeTypeCode }) => (chargeTypeCode === null ? null : chargeTypeValue(chargeTypeCode)),
  amount: ({ amount, accounts: { currency } }) => ({ amount, currency }),
  postings: ({ accounts: { communityId, startsOn, endsOn }, accountType, chargeTypeCode }, args, ctx) =>
    pageOfPostings(ctx, { communityId, startsOn, endsOn, accountType, chargeTypeCode }, args),
};

export const figureTypes = {
  CollectionStatistics,
  ChargeTypeCollection,
  ArrearsStatistics,
  ArrearsGroup,
  BookCheck,
  LedgerBalance,
  BudgetComparison,
  PublishedFigure,
};
