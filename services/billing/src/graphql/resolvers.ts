import { parkedEventResolvers } from '@steward/service-kit';

import { boundedMutations } from './bounded-mutations.ts';
import { chargingMutations, chargingQueries, chargingTypes } from './charging-resolvers.ts';
import { counterMutations, counterQueries, counterTypes } from './counter-resolvers.ts';
import { ledgerMutations, ledgerQueries, ledgerTypes } from './ledger-resolvers.ts';

const parkedEvents = parkedEventResolvers('billing');

export const resolvers = {
  Query: { ...ledgerQueries, ...chargingQueries, ...counterQueries, ...parkedEvents.Query },
  Mutation: boundedMutations({
    ...ledgerMutations,
    ...chargingMutations,
    ...counterMutations,
    ...parkedEvents.Mutation,
  }),
  ...ledgerTypes,
  ...chargingTypes,
  ...counterTypes,
};
