import { connection } from '@steward/service-kit';

import { teamOrders, teamQuery } from '../db/department-queries.ts';
import type { HrContext } from '../db/loaders.ts';
import { staffOrders, staffQuery } from '../db/staff-queries.ts';
import type { CommunityResolvers } from './generated.ts';

/** What hr adds to the communities of residents. */
export const Community: CommunityResolvers<HrContext> = {
  staffMembers: ({ id }, args, ctx) =>
    connection(ctx, (tx) => staffQuery(tx, args.filter ?? {}, [id]), staffOrders[args.orderBy], args),
  teams: ({ id }, args, ctx) => connection(ctx, (tx) => teamQuery(tx, {}, [id]), teamOrders.NUMBER, args),
};
