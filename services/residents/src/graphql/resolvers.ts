import { parkedEventResolvers } from '@steward/service-kit';

import { Community, Company, Me } from './community-resolvers.ts';
import {
  Household,
  HouseholdDocument,
  HouseholdFile,
  HouseholdHolding,
  HouseholdMembership,
} from './household-resolvers.ts';
import { decorationInspectionTypes } from './decoration-inspection-resolvers.ts';
import { decorationTypes } from './decoration-resolvers.ts';
import { fileSetTypes } from './file-set-resolvers.ts';
import { takeoverTypes } from './takeover-resolvers.ts';
import { moveOutTypes } from './move-out-resolvers.ts';
import { contactListTypes } from './contact-list-resolvers.ts';
import { moveInTypes } from './move-in-resolvers.ts';
import { broadcastTypes } from './broadcast-resolvers.ts';
import { counterSignTypes } from './counter-sign-resolvers.ts';
import { deskServiceTypes } from './desk-service-resolvers.ts';
import { mandateTypes } from './mandate-resolvers.ts';
import { Mutation } from './mutation-resolvers.ts';
import { Organisation, Person } from './party-resolvers.ts';
import { registerTypes } from './register-resolvers.ts';
import { custodyTypes } from './custody-resolvers.ts';
import { passTypes } from './pass-resolvers.ts';
import { HouseholdRegistration, PlaceRegistration, SetResidentsPolicyPayload } from './payload-resolvers.ts';
import { callerTypes } from './caller-resolvers.ts';
import { personDataTypes } from './person-erasure-resolvers.ts';
import { timelineTypes } from './timeline-resolvers.ts';
import { Place, Unit } from './place-resolvers.ts';
import { procedureTypes } from './procedure-resolvers.ts';
import { Query } from './query-resolvers.ts';

const parkedEvents = parkedEventResolvers('residents');

export const resolvers = {
  Query: { ...Query, ...parkedEvents.Query },
  Mutation: { ...Mutation, ...parkedEvents.Mutation },
  ...passTypes,
  ...custodyTypes,
  ...registerTypes,
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
  ...callerTypes,
  ...timelineTypes,
  ...personDataTypes,
  ...procedureTypes,
  ...decorationTypes,
  ...decorationInspectionTypes,
  ...moveInTypes,
  ...contactListTypes,
  ...moveOutTypes,
  ...takeoverTypes,
  ...fileSetTypes,
  ...mandateTypes,
  ...deskServiceTypes,
  ...broadcastTypes,
  ...counterSignTypes,
};
