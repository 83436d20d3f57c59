import { communityScope, connection, historyOf, loaded } from '@steward/service-kit';

import type { HrContext } from '../db/loaders.ts';
import { staffOrders, staffQuery } from '../db/staff-queries.ts';
import type { DepartmentResolvers, TeamResolvers } from './generated.ts';

export const Department: DepartmentResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.department.load(id),
  code: ({ number, name }) => ({ code: number, label: name }),
  staffMembers: ({ number }, args, ctx) => {
    const communities = communityScope(ctx.viewer);
    return connection(ctx, (tx) => staffQuery(tx, { departmentCode: [number] }, communities), staffOrders.NUMBER, args);
  },
  availableActions: () => [],
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const Team: TeamResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.team.load(id),
  department: ({ departmentId }, _args, ctx) => loaded(ctx.loaders.department.load(departmentId)),
  community: ({ communityId }) => ({ id: communityId }),
  staffMembers: ({ id }, args, ctx) => {
    const communities = communityScope(ctx.viewer);
    return connection(ctx, (tx) => staffQuery(tx, { teamId: id }, communities), staffOrders.NUMBER, args);
  },
  availableActions: () => [],
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};
