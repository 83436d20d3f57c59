import { aggregateColumns, column, defineEntity } from '@steward/db';

import { personErasureEntity } from './person-erasure-entities.ts';
import { registerEntities } from './register-entities.ts';
import { custodyEntities } from './custody-entities.ts';
import { passEntity, passUseEntity } from './pass-entities.ts';
import type { Community } from '../domain/community.ts';
import type { Company } from '../domain/company.ts';
import type { Household, HouseholdDocument, HouseholdHolding, HouseholdMembership } from '../domain/household.ts';
import type { Organisation } from '../domain/organisation.ts';
import type { Person } from '../domain/person.ts';
import type { Place } from '../domain/place.ts';

import { decorationEntities } from './decoration-entities.ts';
import { fileSetEntities } from './file-set-entities.ts';
import { takeoverEntities } from './takeover-entities.ts';
import { moveOutEntities } from './move-out-entities.ts';
import { contactListEntities } from './contact-list-entities.ts';
import { deskServiceEntities } from './desk-service-entities.ts';
import { moveInEntities } from './move-in-entities.ts';

const nullable = { nullable: true };

export const companyEntity = defineEntity<Company>({
  name: 'Company',
  table: 'company',
  columns: { ...aggregateColumns, communityId: column.uuid(nullable), name: column.text() },
});

export const communityEntity = defineEntity<Community>({
  name: 'Community',
  table: 'community',
  columns: {
    ...aggregateColumns,
    name: column.text(),
    address: column.text(nullable),
    timeZone: column.text(),
    locale: column.text(),
    currency: column.text(),
    builtAreaM2: column.decimal(nullable),
    status: column.text(),
  },
});

export const placeEntity = defineEntity<Place>({
  name: 'Place',
  table: 'place',
  columns: {
    ...aggregateColumns,
    number: { ...column.text(), collation: 'C' },
    parentId: column.uuid(nullable),
    kind: column.text(),
    code: column.text(),
    name: column.text(nullable),
    usage: column.text(nullable),
    commonAreaCode: column.text(nullable),
    areaM2: column.decimal(nullable),
    floor: column.int(nullable),
    deliveredOn: column.date(nullable),
    warrantyFrom: column.date(nullable),
    designLifeYears: column.int(nullable),
  },
});

export const personEntity = defineEntity<Person>({
  name: 'Person',
  table: 'person',
  columns: {
    ...aggregateColumns,
    nameSealed: column.text(),
    nameMasked: column.text(),
    phoneSealed: column.text(nullable),
    phoneMasked: column.text(nullable),
    phoneIndex: column.text(nullable),
    identityNumberSealed: column.text(nullable),
    identityNumberMasked: column.text(nullable),
    identityNumberIndex: column.text(nullable),
    locale: column.text(nullable),
    erasedAt: column.instant(nullable),
  },
});

export const organisationEntity = defineEntity<Organisation>({
  name: 'Organisation',
  table: 'organisation',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    name: column.text(),
    creditCode: column.text(nullable),
    contactNameSealed: column.text(nullable),
    contactNameMasked: column.text(nullable),
    contactPhoneSealed: column.text(nullable),
    contactPhoneMasked: column.text(nullable),
  },
});

export const householdEntity = defineEntity<Household>({
  name: 'Household',
  table: 'household',
  columns: { ...aggregateColumns, segment: column.text(), isKeyAccount: column.bool() },
});

const ofHousehold = {
  id: column.id(),
  tenantId: column.uuid(),
  householdId: column.uuid(),
};

export const holdingEntity = defineEntity<HouseholdHolding>({
  name: 'HouseholdHolding',
  table: 'household_holding',
  columns: {
    ...ofHousehold,
    unitId: column.uuid(),
    tenure: column.text(),
    validFrom: column.date(),
    validTo: column.date(nullable),
  },
});

export const membershipEntity = defineEntity<HouseholdMembership>({
  name: 'HouseholdMembership',
  table: 'household_membership',
  columns: {
    ...ofHousehold,
    personId: column.uuid(nullable),
    organisationId: column.uuid(nullable),
    role: column.text(),
    validFrom: column.date(),
    validTo: column.date(nullable),
  },
});

export const documentEntity = defineEntity<HouseholdDocument>({
  name: 'HouseholdDocument',
  table: 'household_document',
  columns: {
    ...ofHousehold,
    kindCode: column.text(),
    fileId: column.uuid(nullable),
    receivedAt: column.instant(),
  },
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
  ...decorationEntities,
  ...moveInEntities,
  ...contactListEntities,
  ...moveOutEntities,
  ...takeoverEntities,
  ...fileSetEntities,
  passEntity,
  passUseEntity,
  ...custodyEntities,
  ...registerEntities,
  ...deskServiceEntities,
  personErasureEntity,
];
