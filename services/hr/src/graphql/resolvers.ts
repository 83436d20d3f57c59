import { parkedEventResolvers } from '@steward/service-kit';

import { Community } from './community-resolvers.ts';
import { Department, Team } from './department-resolvers.ts';
import { Mutation } from './mutation-resolvers.ts';
import { attendanceMutations, attendanceQueries, attendanceTypes } from './attendance-resolvers.ts';
import { conductMutations, conductQueries, conductTypes } from './conduct-resolvers.ts';
import { documentMutations, documentQueries, documentTypes } from './document-resolvers.ts';
import { meetingMutations, meetingQueries, meetingTypes } from './meeting-resolvers.ts';
import { payMutations, payQueries, payTypes } from './pay-resolvers.ts';
import { positionMutations, positionQueries, positionTypes } from './position-resolvers.ts';
import { positionWorkMutations, positionWorkQueries, positionWorkTypes } from './position-work-resolvers.ts';
import { recruitmentMutations, recruitmentQueries, recruitmentTypes } from './recruitment-resolvers.ts';
import { rosterMutations, rosterQueries, rosterTypes } from './roster-resolvers.ts';
import { trainingMutations, trainingQueries, trainingTypes } from './training-resolvers.ts';
import { SetHrPolicyPayload, StaffRegistration } from './payload-resolvers.ts';
import { Query } from './query-resolvers.ts';
import { Staff, StaffPost } from './staff-resolvers.ts';

const parkedEvents = parkedEventResolvers('hr');

export const resolvers = {
  Query: {
    ...Query,
    ...rosterQueries,
    ...attendanceQueries,
    ...payQueries,
    ...positionQueries,
    ...recruitmentQueries,
    ...positionWorkQueries,
    ...trainingQueries,
    ...documentQueries,
    ...meetingQueries,
    ...conductQueries,
    ...parkedEvents.Query,
  },
  Mutation: {
    ...Mutation,
    ...rosterMutations,
    ...attendanceMutations,
    ...payMutations,
    ...positionMutations,
    ...recruitmentMutations,
    ...positionWorkMutations,
    ...trainingMutations,
    ...documentMutations,
    ...meetingMutations,
    ...conductMutations,
    ...parkedEvents.Mutation,
  },
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
  ...positionTypes,
  ...recruitmentTypes,
  ...positionWorkTypes,
  ...trainingTypes,
  ...documentTypes,
  ...meetingTypes,
  ...conductTypes,
};
