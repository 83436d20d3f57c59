import { teamOrders, teamQuery } from '../db/department-queries.ts';
import type { HrContext } from '../db/loaders.ts';
import { staffOrders, staffQuery } from '../db/staff-queries.ts';
import { communityLists } from './below-resolvers.ts';
import type { CommunityResolvers } from './generated.ts';

/** What hr adds to the communities of residents. */
export const Community: CommunityResolvers<HrContext> = {
  staffMembers: ({ id: parentId }, args, ctx) =>
    ctx.loaders.staffBelow.load({
      parentId,
      list: 'Community.staffMembers',
      args,
      order: staffOrders[args.orderBy],
      query: (tx, parent) => staffQuery(tx, args.filter ?? {}, null, { community: parent }),
    }),
  teams: ({ id: parentId }, args, ctx) =>
    ctx.loaders.teamsBelow.load({
      parentId,
      list: 'Community.teams',
      args,
      order: teamOrders.NUMBER,
      query: (tx, parent) => teamQuery(tx, {}, null).andWhere(`t.community_id = ${parent}`),
    }),
  ...communityLists,
};
