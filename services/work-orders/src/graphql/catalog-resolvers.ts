import {
  availableActions,
  codeValue,
  communityScope,
  connection,
  historyOf,
  judgeActions,
  loaded,
} from '@steward/service-kit';

import { setWorkOrderCode } from '../commands/set-work-order-code.ts';
import { listPolicies } from '../commands/list-policies.ts';
import { publishPaidService } from '../commands/publish-paid-service.ts';
import { readCatalog } from '../commands/read-catalog.ts';
import { retirePaidService } from '../commands/retire-paid-service.ts';
import { setWorkOrderPolicy } from '../commands/set-work-order-policy.ts';
import { serviceOrders, servicesQuery } from '../db/review-list-queries.ts';
import type { ReviewContext } from '../db/review-loaders.ts';
import type { PaidService as PaidServiceRow } from '../domain/quote-rules.ts';
import type { Catalog } from '../domain/work-order-catalog.ts';
import type { MutationResolvers, PaidServiceResolvers, QueryResolvers } from './generated.ts';

type CatalogQueries = Pick<
  QueryResolvers<ReviewContext>,
  'paidServices' | 'workOrderChannels' | 'workOrderPolicies' | 'workOrderTrades'
>;
type CatalogMutations = Pick<
  MutationResolvers<ReviewContext>,
  'publishPaidService' | 'retirePaidService' | 'setWorkOrderCode' | 'setWorkOrderPolicy'
>;

/** The codes that new orders of a community can have; refuses a community out of the viewer's reach. */
async function catalogFor(ctx: ReviewContext, communityId: string): Promise<Catalog> {
  communityScope(ctx.viewer, communityId);
  return ctx.read((tx) => readCatalog(tx, communityId));
}

async function tradesOf(ctx: ReviewContext, communityId: string) {
  const { trades, problems } = await catalogFor(ctx, communityId);
  return [...trades.values()].map((trade) => ({
    communityId,
    ...trade,
    problems: [...problems.values()].filter(({ tradeCode }) => tradeCode === trade.code),
  }));
}

export const catalogQueries: CatalogQueries = {
  paidServices: (_parent, args, ctx) => {
    const communities = communityScope(ctx.viewer, args.filter?.communityId);
    return connection(
      ctx,
      (tx) => servicesQuery(tx, args.filter ?? {}, communities),
      serviceOrders[args.orderBy],
      args,
    );
  },
  workOrderTrades: (_parent, { communityId }, ctx) => tradesOf(ctx, communityId),
  workOrderChannels: async (_parent, { communityId }, ctx) => {
    const { channels } = await catalogFor(ctx, communityId);
    return [...channels.values()].map((channel) => ({ communityId, ...channel }));
  },
  workOrderPolicies: (_parent, { communityId }, ctx) => {
    communityScope(ctx.viewer, communityId);
    return ctx.read((tx) => listPolicies(tx, communityId));
  },
};

export const catalogMutations: CatalogMutations = {
  publishPaidService: async (_parent, { input }, ctx) => ({
    paidService: await ctx.command(publishPaidService, input),
  }),
  retirePaidService: async (_parent, { input }, ctx) => ({ paidService: await ctx.command(retirePaidService, input) }),
  setWorkOrderCode: async (_parent, { input }, ctx) => {
    await ctx.command(setWorkOrderCode, input);
    return {
      code: await codeValue(ctx, input.communityId, input.kind, input.code),
      isRetired: input.isRetired ?? false,
    };
  },
  setWorkOrderPolicy: (_parent, { input }, ctx) => ctx.command(setWorkOrderPolicy, input),
};

type OfPaidService = { paidService: { id: string } };

const PaidService: PaidServiceResolvers<ReviewContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.paidService.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  name: ({ nameZh, nameEn }, _args, ctx) => (ctx.locale === 'en' ? nameEn : nameZh),
  trade: ({ communityId, tradeCode }, _args, ctx) => codeValue(ctx, communityId, 'TRADE', tradeCode),
  unitPrice: ({ unitPriceAmount: amount, currency }) => ({ amount, currency }),
  availableActions: (service, _args, ctx) =>
    availableActions(ctx, service, [
      ...judgeActions(['publishPaidService']),
      ...judgeActions(['retirePaidService'], () => isOffered(service)),
    ]),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const isOffered = ({ retiredAt }: PaidServiceRow) =>
  retiredAt === null
    ? null
    : { reason: 'ILLEGAL_TRANSITION', rule: 'A005', params: { action: 'retirePaidService', status: 'RETIRED' } };

const paidServicePayload = {
  paidService: ({ paidService }: OfPaidService, _args: unknown, ctx: ReviewContext) =>
    loaded(ctx.loaders.paidService.load(paidService.id)),
};

type InCommunity = { communityId: string; code: string };

export const catalogTypes = {
  PaidService,
  PublishPaidServicePayload: paidServicePayload,
  RetirePaidServicePayload: paidServicePayload,
  SetWorkOrderPolicyPayload: {
    figures: ({ communityId }: { communityId: string }, _args: unknown, ctx: ReviewContext) =>
      ctx.read((tx) => listPolicies(tx, communityId)),
  },
  WorkOrderTrade: {
    trade: ({ communityId, code }: InCommunity, _args: unknown, ctx: ReviewContext) =>
      codeValue(ctx, communityId, 'TRADE', code),
    problems: ({ communityId, problems }: { communityId: string; problems: object[] }) =>
      problems.map((problem) => ({ communityId, ...problem })),
  },
  WorkOrderProblem: {
    problem: ({ communityId, code }: InCommunity, _args: unknown, ctx: ReviewContext) =>
      codeValue(ctx, communityId, 'PROBLEM', code),
  },
  WorkOrderChannel: {
    channel: ({ communityId, code }: InCommunity, _args: unknown, ctx: ReviewContext) =>
      codeValue(ctx, communityId, 'CHANNEL', code),
  },
};
