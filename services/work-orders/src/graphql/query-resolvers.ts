import { DomainError } from '@steward/core';
import { communityScope, notificationsOf } from '@steward/service-kit';

import { rankCandidates } from '../commands/rank-candidates.ts';
import type { WorkOrderContext } from '../db/loaders.ts';
import { catalogQueries } from './catalog-resolvers.ts';
import type { QueryResolvers } from './generated.ts';
import { reviewQueries } from './review-resolvers.ts';
import { workOrderCounts, workOrderList } from './work-order-lists.ts';

/** Candidates of an order in one of the viewer's communities. */
async function candidatesOf(ctx: WorkOrderContext, id: string) {
  const order = await ctx.loaders.workOrder.load(id);
  if (order === null) throw new DomainError('NOT_FOUND', 'NOT_FOUND', { path: 'id' });
  communityScope(ctx.viewer, order.communityId);
  const candidates = await ctx.read((tx) => rankCandidates(tx, order));
  return candidates.map(({ staffId, ...rest }) => ({ staffMember: { id: staffId }, ...rest }));
}

export const Query: QueryResolvers<WorkOrderContext> = {
  ...catalogQueries,
  ...reviewQueries,
  workOrder: (_parent, { id }, ctx) => ctx.loaders.workOrder.load(id),
  workOrders: (_parent, args, ctx) => workOrderList(ctx, args),
  workOrderCounts: (_parent, { filter }, ctx) => workOrderCounts(ctx, filter ?? {}),
  workOrderDispatchCandidates: (_parent, { id }, ctx) => candidatesOf(ctx, id),
  workOrderNotifications: (_parent, args, ctx) => notificationsOf(ctx, args),
};
