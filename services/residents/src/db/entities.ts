import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { Community, Company } from '../domain/community.ts';
import type { Organisation, Person } from '../domain/person.ts';
import type { Place } from '../domain/place.ts';

const optional = { nullable: true };

export const companyEntity = defineEntity<Company>({
  name: 'Company',
  table: 'company',
  columns: { ...aggregateColumns, communityId: column.uuid(optional), name: column.text() },
});

export const communityEntity = defineEntity<Community>({
  name: 'Community',
  table: 'community',
  columns: {
    ...aggregateColumns,
    name: column.text(),
    address: column.text(optional),
    timeZone: column.text(),
    locale: column.text(),
    currency: column.text(),
    builtAreaM2: { ...column.decimal(optional), name: 'built_area_m2' },
    status: column.text(),
  },
});

export const placeEntity = defineEntity<Place>({
  name: 'Place',
  table: 'place',
  columns: {
    ...aggregateColumns,
    parentId: column.uuid(optional),
    kind: column.text(),
    code: column.text(),
    name: column.text(optional),
    usage: column.text(optional),
    commonAreaCode: column.text(optional),
    areaM2: { ...column.decimal(optional), name: 'area_m2' },
    floor: column.int(optional),
    deliveredOn: column.date(optional),
    warrantyFrom: column.date(optional),
    designLifeYears: column.int(optional),
  },
});

export const personEntity = defineEntity<Person>({
  name: 'Person',
  table: 'person',
  columns: {
    ...aggregateColumns,
    nameSealed: column.text(),
    nameMasked: column.text(),
    phoneSealed: column.text(optional),
    phoneMasked: column.text(optional),
    phoneIndex: column.text(optional),
    identitySealed: column.text(optional),
    identityMasked: column.text(optional),
    identityIndex: column.text(optional),
    locale: column.text(optional),
  },
});

export const organisationEntity = defineEntity<Organisation>({
  name: 'Organisation',
  table: 'organisation',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    name: column.text(),
    creditCode: column.text(optional),
    contactNameSealed: column.text(optional),
    contactNameMasked: column.text(optional),
    contactPhoneSealed: column.text(optional),
    contactPhoneMasked: column.text(optional),
  },
});
