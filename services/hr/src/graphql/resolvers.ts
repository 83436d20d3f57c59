import { parkedEventResolvers } from '@steward/service-kit';

import { Community } from './community-resolvers.ts';
import { Department, Team } from './department-resolvers.ts';
import { Mutation } from './mutation-resolvers.ts';
import { SetHrPolicyPayload, StaffRegistration } from './payload-resolvers.ts';
import { Query } from './query-resolvers.ts';
import { Staff, StaffPost } from './staff-resolvers.ts';

const parkedEvents = parkedEventResolvers('hr');

export const resolvers = {
  Query: { ...Query, ...parkedEvents.Query },
  Mutation: { ...Mutation, ...parkedEvents.Mutation },
  Staff,
  StaffPost,
  Department,
  Team,
  Community,
  SetHrPolicyPayload,
  StaffRegistration,
};
