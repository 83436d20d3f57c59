import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { Household, HouseholdDocument, HouseholdHolding, HouseholdMembership } from '../domain/household.ts';
import { communityEntity, companyEntity, organisationEntity, personEntity, placeEntity } from './entities.ts';

const optional = { nullable: true };
const ofHousehold = { id: column.id(), tenantId: column.uuid(), householdId: column.uuid() };
const range = { validFrom: column.date(), validTo: column.date(optional) };

export const householdEntity = defineEntity<Household>({
  name: 'Household',
  table: 'household',
  columns: { ...aggregateColumns, segment: column.text(), isKeyAccount: column.bool() },
});

export const holdingEntity = defineEntity<HouseholdHolding>({
  name: 'HouseholdHolding',
  table: 'household_holding',
  columns: { ...ofHousehold, unitId: column.uuid(), tenure: column.text(), ...range },
});

export const membershipEntity = defineEntity<HouseholdMembership>({
  name: 'HouseholdMembership',
  table: 'household_membership',
  columns: {
    ...ofHousehold,
    personId: column.uuid(optional),
    organisationId: column.uuid(optional),
    role: column.text(),
    ...range,
  },
});

export const documentEntity = defineEntity<HouseholdDocument>({
  name: 'HouseholdDocument',
  table: 'household_document',
  columns: { ...ofHousehold, kindCode: column.text(), fileId: column.uuid(optional), receivedAt: column.instant() },
});

export const entities = [
  companyEntity,
  communityEntity,
  placeEntity,
  personEntity,
  organisationEntity,
  householdEntity,
  holdingEntity,
  membershipEntity,
  documentEntity,
];
