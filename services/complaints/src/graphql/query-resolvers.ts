import { notificationsOf } from '@steward/service-kit';

import type { ComplaintContext } from '../db/loaders.ts';
import { analysisQueries } from './analysis-resolvers.ts';
import { catalogQueries } from './catalog-resolvers.ts';
import { complaintCounts, complaintList } from './complaint-lists.ts';
import type { QueryResolvers } from './generated.ts';

export const Query: QueryResolvers<ComplaintContext> = {
  ...analysisQueries,
  ...catalogQueries,
  complaint: (_parent, { id }, ctx) => ctx.loaders.complaint.load(id),
  complaints: (_parent, args, ctx) => complaintList(ctx, args),
  complaintCounts: (_parent, { filter }, ctx) => complaintCounts(ctx, filter ?? {}),
  complaintNotifications: (_parent, args, ctx) => notificationsOf(ctx, args),
};
