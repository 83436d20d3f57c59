import { parkedEventResolvers } from '@steward/service-kit';

import { bulkAnswers } from './bulk-resolvers.ts';
import { catalogTypes } from './catalog-resolvers.ts';
import { Mutation } from './mutation-resolvers.ts';
import { Query } from './query-resolvers.ts';
import { reviewTypes } from './review-resolvers.ts';
import { stubs } from './stub-resolvers.ts';
import { workOrderParts } from './work-order-part-resolvers.ts';
import { WorkOrder } from './work-order-resolvers.ts';

const parkedEvents = parkedEventResolvers('workOrder');

export const resolvers = {
  Query: { ...Query, ...parkedEvents.Query },
  Mutation: { ...Mutation, ...parkedEvents.Mutation },
  WorkOrder,
  ...workOrderParts,
  ...bulkAnswers,
  ...stubs,
  ...catalogTypes,
  ...reviewTypes,
};
