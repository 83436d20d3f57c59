import { communityScope, historyOf, loaded } from '@steward/service-kit';

import type { HrContext } from '../db/loaders.ts';
import { staffOrders, staffQuery } from '../db/staff-queries.ts';
import type { DepartmentResolvers, TeamResolvers } from './generated.ts';

export const Department: DepartmentResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.department.load(id),
  code: ({ number, name }) => ({ code: number, label: name }),
  staffMembers: ({ id: parentId }, args, ctx) =>
    ctx.loaders.staffBelow.load({
      parentId,
      list: 'Department.staffMembers',
      args,
      order: staffOrders.NUMBER,
      query: (tx, parent) => staffQuery(tx, {}, communityScope(ctx.viewer), { department: parent }),
    }),
  availableActions: () => [],
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const Team: TeamResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.team.load(id),
  department: ({ departmentId }, _args, ctx) => loaded(ctx.loaders.department.load(departmentId)),
  community: ({ communityId }) => ({ id: communityId }),
  staffMembers: ({ id: parentId }, args, ctx) =>
    ctx.loaders.staffBelow.load({
      parentId,
      list: 'Team.staffMembers',
      args,
      order: staffOrders.NUMBER,
      query: (tx, parent) => staffQuery(tx, {}, communityScope(ctx.viewer), { team: parent }),
    }),
  availableActions: () => [],
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};
