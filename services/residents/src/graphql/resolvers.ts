import { parkedEventResolvers } from '@steward/service-kit';

import { Community, Company, Me } from './community-resolvers.ts';
import {
  Household,
  HouseholdDocument,
  HouseholdFile,
  HouseholdHolding,
  HouseholdMembership,
} from './household-resolvers.ts';
import { Mutation } from './mutation-resolvers.ts';
import { Organisation, Person } from './party-resolvers.ts';
import { HouseholdRegistration, PlaceRegistration, SetResidentsPolicyPayload } from './payload-resolvers.ts';
import { Place, Unit } from './place-resolvers.ts';
import { Query } from './query-resolvers.ts';

const parkedEvents = parkedEventResolvers('residents');

export const resolvers = {
  Query: { ...Query, ...parkedEvents.Query },
  Mutation: { ...Mutation, ...parkedEvents.Mutation },
  Me,
  Company,
  Community,
  Place,
  Unit,
  Person,
  Organisation,
  Household,
  HouseholdHolding,
  HouseholdMembership,
  HouseholdFile,
  HouseholdDocument,
  PlaceRegistration,
  HouseholdRegistration,
  SetResidentsPolicyPayload,
};
