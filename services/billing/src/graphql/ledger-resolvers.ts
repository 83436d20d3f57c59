import { communityScope, loaded, notificationsOf } from '@steward/service-kit';

import { listPolicies } from '../commands/list-policies.ts';
import { reverseCharge } from '../commands/reverse-charge.ts';
import { setBillingPolicy } from '../commands/set-billing-policy.ts';
import type { BillingContext } from '../db/loaders.ts';
import { bookPayloads } from './book-payloads.ts';
import { bookMutations, bookQueries, bookTypes } from './book-resolvers.ts';
import { billingAccountList, chargeList } from './charge-lists.ts';
import { chargeTypes } from './charge-resolvers.ts';
import { figureTypes } from './collection-figures.ts';
import type { MutationResolvers, QueryResolvers } from './generated.ts';

export const ledgerQueries: QueryResolvers<BillingContext> = {
  ...bookQueries,
  billingAccount: (_parent, { id }, ctx) => ctx.loaders.billingAccount.load(id),
  billingAccounts: (_parent, args, ctx) => billingAccountList(ctx, args),
  charge: (_parent, { id }, ctx) => ctx.loaders.charge.load(id),
  charges: (_parent, args, ctx) => chargeList(ctx, args),
  billingNotifications: (_parent, args, ctx) => notificationsOf(ctx, args),
  billingPolicies: (_parent, { communityId }, ctx) => {
    communityScope(ctx.viewer, communityId);
    return ctx.read((tx) => listPolicies(tx, communityId));
  },
};

export const ledgerMutations: MutationResolvers<BillingContext> = {
  ...bookMutations,
  reverseCharge: async (_parent, { input }, ctx) => ({ charge: await ctx.command(reverseCharge, input) }),
  setBillingPolicy: (_parent, { input }, ctx) => ctx.command(setBillingPolicy, input),
};

export const ledgerTypes = {
  ...chargeTypes,
  ...bookTypes,
  ...bookPayloads,
  ...figureTypes,
  ReverseChargePayload: {
    charge: ({ charge }: { charge: { id: string } }, _args: unknown, ctx: BillingContext) =>
      loaded(ctx.loaders.charge.load(charge.id)),
  },
  SetBillingPolicyPayload: {
    figures: ({ communityId }: { communityId: string }, _args: unknown, ctx: BillingContext) =>
      ctx.read((tx) => listPolicies(tx, communityId)),
  },
};
