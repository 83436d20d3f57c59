import { availableActions, communityScope, historyOf, loaded } from '@steward/service-kit';

import { companyActions, judgeCommunityActions } from '../commands/judge-actions.ts';
import { judgeFloorArea } from '../commands/judge-floor-area.ts';
import { findCommunities } from '../db/community-queries.ts';
import { householdOrders, householdQuery } from '../db/household-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { placeOrders, placeQuery } from '../db/place-queries.ts';
import { subjectOfCommunity } from './access-policy.ts';
import type { CommunityResolvers, CompanyResolvers, MeResolvers } from './generated.ts';
import { householdsBehind, visible } from './visible.ts';

export const Me: MeResolvers<ResidentsContext> = {
  person: ({ personId }, _args, ctx) => (personId === undefined ? null : ctx.loaders.person.load(personId)),
  staffMember: ({ staffId }) => (staffId === undefined ? null : { id: staffId }),
  roles: ({ roles }) => roles.map((code) => ({ code, labelKey: `role.${code}` })),
  departmentCodes: ({ departments }) => departments,
  communities: (viewer, _args, ctx) => ctx.read((tx) => findCommunities(tx, communityScope(viewer))),
  households: async (_viewer, _args, ctx) => {
    const own = (await ctx.ownHouseholds()).map((householdId) => ({ householdId }));
    return householdsBehind(ctx, own);
  },
  locale: (_viewer, _args, ctx) => ctx.locale,
};

export const Company: CompanyResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.company.load(id),
  availableActions: (_company, _args, ctx) => availableActions(ctx, {}, companyActions),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const Community: CommunityResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.community.load(id),
  places: ({ id: parentId }, args, ctx) =>
    ctx.loaders.placesBelow.load({
      parentId,
      list: 'Community.places',
      args,
      order: placeOrders.NUMBER,
      query: (tx, parent) => placeQuery(tx, args.filter ?? {}, null).andWhere(`p.community_id = ${parent}`),
    }),
  households: async ({ id: parentId }, args, ctx) => {
    const seen = { ...(await visible(ctx)), communities: null };
    return ctx.loaders.householdsBelow.load({
      parentId,
      list: 'Community.households',
      args,
      order: householdOrders.NUMBER,
      query: (tx, parent) => householdQuery(tx, args.filter ?? {}, seen).andWhere(`h.community_id = ${parent}`),
    });
  },
  floorArea: async ({ id }, _args, ctx) => judgeFloorArea(await loaded(ctx.loaders.floorArea.load(id))),
  availableActions: (community, _args, ctx) =>
    availableActions(ctx, subjectOfCommunity(community), judgeCommunityActions(community)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};
