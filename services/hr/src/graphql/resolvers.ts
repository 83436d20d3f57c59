import { parkedEventResolvers } from '@steward/service-kit';

import { Community } from './community-resolvers.ts';
import { Department, Team } from './department-resolvers.ts';
import { Mutation } from './mutation-resolvers.ts';
import { attendanceMutations, attendanceQueries, attendanceTypes } from './attendance-resolvers.ts';
import { payMutations, payQueries, payTypes } from './pay-resolvers.ts';
import { rosterMutations, rosterQueries, rosterTypes } from './roster-resolvers.ts';
import { SetHrPolicyPayload, StaffRegistration } from './payload-resolvers.ts';
import { Query } from './query-resolvers.ts';
import { Staff, StaffPost } from './staff-resolvers.ts';

const parkedEvents = parkedEventResolvers('hr');

export const resolvers = {
  Query: { ...Query, ...rosterQueries, ...attendanceQueries, ...payQueries, ...parkedEvents.Query },
  Mutation: { ...Mutation, ...rosterMutations, ...attendanceMutations, ...payMutations, ...parkedEvents.Mutation },
  Staff,
  StaffPost,
  Department,
  Team,
  Community,
  SetHrPolicyPayload,
  StaffRegistration,
  ...rosterTypes,
  ...attendanceTypes,
  ...payTypes,
};
