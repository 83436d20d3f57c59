import { parkedEventResolvers } from '@steward/service-kit';

import { activityTypes } from './activity-resolvers.ts';
import { Mutation, SetCommunityEventsPolicyPayload } from './mutation-resolvers.ts';
import { noticeTypes } from './notice-resolvers.ts';
import { Query } from './query-resolvers.ts';
import { surveyTypes } from './survey-resolvers.ts';
import { venueTypes } from './venue-resolvers.ts';

const parkedEvents = parkedEventResolvers('communityEvents');

export const resolvers = {
  Query: { ...Query, ...parkedEvents.Query },
  Mutation: { ...Mutation, ...parkedEvents.Mutation },
  SetCommunityEventsPolicyPayload,
  ...activityTypes,
  ...venueTypes,
  ...noticeTypes,
  ...surveyTypes,
};
