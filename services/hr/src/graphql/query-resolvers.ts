import { communityScope, connection } from '@steward/service-kit';

import { listPolicies } from '../commands/list-policies.ts';
import type { HrContext } from '../db/loaders.ts';
import { departmentOrders, departmentQuery, teamOrders, teamQuery } from '../db/department-queries.ts';
import { staffOrders, staffQuery } from '../db/staff-queries.ts';
import type { QueryResolvers } from './generated.ts';

const isInScope = ({ viewer }: HrContext, communityId: string): boolean =>
  viewer.communityIds === 'all' || viewer.communityIds.includes(communityId);

export const Query: QueryResolvers<HrContext> = {
  staffMember: (_parent, { id }, ctx) => ctx.loaders.staff.load(id),
  staffMembers: (_parent, args, ctx) => {
    const communities = communityScope(ctx.viewer, args.filter?.communityId);
    const filter = args.filter ?? {};
    // Who finds somebody by a phone learns whose it is.
    const filteredBy = filter.phone == null ? [] : ['Staff.phone'];
    return connection(ctx, (tx) => staffQuery(tx, filter, communities), staffOrders[args.orderBy], args, filteredBy);
  },
  department: (_parent, { id }, ctx) => ctx.loaders.department.load(id),
  departments: (_parent, args, ctx) =>
    connection(ctx, (tx) => departmentQuery(tx, args.filter ?? {}), departmentOrders[args.orderBy], args),
  team: (_parent, { id }, ctx) => ctx.loaders.team.load(id),
  teams: (_parent, args, ctx) => {
    const communities = communityScope(ctx.viewer, args.filter?.communityId);
    return connection(ctx, (tx) => teamQuery(tx, args.filter ?? {}, communities), teamOrders[args.orderBy], args);
  },
  hrPolicies: (_parent, { communityId }, ctx) =>
    isInScope(ctx, communityId) ? ctx.read((tx) => listPolicies(tx, communityId)) : [],
};
