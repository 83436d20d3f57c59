import { parkedEventResolvers } from '@steward/service-kit';

import { analysisTypes } from './analysis-resolvers.ts';
import { catalogTypes } from './catalog-resolvers.ts';
import { complaintParts } from './complaint-part-resolvers.ts';
import { Complaint } from './complaint-resolvers.ts';
import { Mutation } from './mutation-resolvers.ts';
import { Query } from './query-resolvers.ts';
import { stubs } from './stub-resolvers.ts';

const parkedEvents = parkedEventResolvers('complaint');

export const resolvers = {
  Query: { ...Query, ...parkedEvents.Query },
  Mutation: { ...Mutation, ...parkedEvents.Mutation },
  Complaint,
  ...complaintParts,
  ...stubs,
  ...analysisTypes,
  ...catalogTypes,
};
