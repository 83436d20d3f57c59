import { Community } from './community-resolvers.ts';
import { Department, Team } from './department-resolvers.ts';
import { Mutation } from './mutation-resolvers.ts';
import { SetHrPolicyPayload, StaffRegistration } from './payload-resolvers.ts';
import { Query } from './query-resolvers.ts';
import { Staff, StaffPost } from './staff-resolvers.ts';

export const resolvers = {
  Query,
  Mutation,
  Staff,
  StaffPost,
  Department,
  Team,
  Community,
  SetHrPolicyPayload,
  StaffRegistration,
};
