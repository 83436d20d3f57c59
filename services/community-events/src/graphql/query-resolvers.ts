import { communityScope, notificationsOf } from '@steward/service-kit';

import { listPolicies } from '../commands/list-policies.ts';
import { readParticipation, readServiceLines } from '../commands/read-participation.ts';
import type { CommunityEventsContext } from '../db/loaders.ts';
import { activityList, registrationList } from './activity-lists.ts';
import { noticeQueries } from './notice-resolvers.ts';
import { surveyQueries } from './survey-resolvers.ts';
import { bookingList, venueList } from './venue-lists.ts';
import type { QueryResolvers } from './generated.ts';

export const Query: QueryResolvers<CommunityEventsContext> = {
  ...noticeQueries,
  ...surveyQueries,
  activity: async (_parent, { id }, ctx) => {
    const activity = await ctx.loaders.activity.load(id);
    return ctx.viewer.actor === 'person' && activity?.approvedAt === null ? null : activity;
  },
  activities: (_parent, args, ctx) => activityList(ctx, args),
  activityRegistrations: (_parent, args, ctx) => registrationList(ctx, args),
  activityStatistics: (_parent, args, ctx) => {
    communityScope(ctx.viewer, args.communityId);
    return ctx.read((tx) => readParticipation(tx, args));
  },
  venues: (_parent, args, ctx) => venueList(ctx, args),
  venueBookings: (_parent, args, ctx) => bookingList(ctx, args),
  serviceLines: (_parent, { communityId }, ctx) => {
    communityScope(ctx.viewer, communityId);
    return readServiceLines();
  },
  communityEventsNotifications: (_parent, args, ctx) => notificationsOf(ctx, args),
  communityEventsPolicies: (_parent, { communityId }, ctx) => {
    communityScope(ctx.viewer, communityId);
    return ctx.read((tx) => listPolicies(tx, communityId));
  },
};
