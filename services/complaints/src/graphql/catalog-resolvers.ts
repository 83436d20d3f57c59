import { codeValue, communityScope } from '@steward/service-kit';

import { listPolicies } from '../commands/list-policies.ts';
import { readCatalog } from '../commands/read-catalog.ts';
import { setComplaintCode } from '../commands/set-complaint-code.ts';
import { setComplaintPolicy } from '../commands/set-complaint-policy.ts';
import type { ComplaintContext } from '../db/loaders.ts';
import type { Catalog } from '../domain/complaint-catalog.ts';
import type { MutationResolvers, QueryResolvers } from './generated.ts';

type Queries = Pick<
  QueryResolvers<ComplaintContext>,
  'complaintCategories' | 'complaintChannels' | 'complaintPolicies'
>;
type Mutations = Pick<MutationResolvers<ComplaintContext>, 'setComplaintCode' | 'setComplaintPolicy'>;

/** The codes that new complaints of a community can have; refuses a community out of the viewer's reach. */
async function catalogFor(ctx: ComplaintContext, communityId: string): Promise<Catalog> {
  communityScope(ctx.viewer, communityId);
  return ctx.read((tx) => readCatalog(tx, communityId));
}

export const catalogQueries: Queries = {
  complaintCategories: async (_parent, { communityId }, ctx) => {
    const { categories } = await catalogFor(ctx, communityId);
    return [...categories.values()].map((category) => ({ ...category, communityId }));
  },
  complaintChannels: async (_parent, { communityId }, ctx) => {
    const { channels } = await catalogFor(ctx, communityId);
    return [...channels.values()].map((channel) => ({ ...channel, communityId }));
  },
  complaintPolicies: (_parent, { communityId }, ctx) => {
    communityScope(ctx.viewer, communityId);
    return ctx.read((tx) => listPolicies(tx, communityId));
  },
};

export const catalogMutations: Mutations = {
  setComplaintCode: async (_parent, { input }, ctx) => {
    await ctx.command(setComplaintCode, input);
    const { communityId, kind, code, isRetired } = input;
    return { code: await codeValue(ctx, communityId, kind, code), isRetired: isRetired ?? false };
  },
  setComplaintPolicy: (_parent, { input }, ctx) => ctx.command(setComplaintPolicy, input),
};

type InCommunity = { communityId: string; code: string };

export const catalogTypes = {
  SetComplaintPolicyPayload: {
    figures: ({ communityId }: { communityId: string }, _args: unknown, ctx: ComplaintContext) =>
      ctx.read((tx) => listPolicies(tx, communityId)),
  },
  ComplaintCategory: {
    category: ({ communityId, code }: InCommunity, _args: unknown, ctx: ComplaintContext) =>
      codeValue(ctx, communityId, 'CATEGORY', code),
  },
  ComplaintChannel: {
    channel: ({ communityId, code }: InCommunity, _args: unknown, ctx: ComplaintContext) =>
      codeValue(ctx, communityId, 'CHANNEL', code),
  },
};
