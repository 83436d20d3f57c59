import { column, defineEntity } from '@steward/db';
import {
  communityReferenceEntity,
  householdMemberEntity,
  householdReferenceEntity,
  staffPostReferenceEntity,
} from '@steward/service-kit';

import type { HouseholdUnit, OrganisationReference, PlaceReference, StaffReference } from '../domain/references.ts';

/** What a place's own events tell; the building above it is found by the path when it is asked for. */
export type PlaceRow = Omit<PlaceReference, 'buildingId'>;

export const placeReferenceEntity = defineEntity<PlaceRow>({
  name: 'PlaceReference',
  table: 'place_reference',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    communityId: column.uuid(),
    parentId: column.uuid({ nullable: true }),
    kind: column.text(),
    path: column.text(),
    warrantyFrom: column.date({ nullable: true }),
    designLifeYears: column.int({ nullable: true }),
  },
});

export const householdUnitEntity = defineEntity<HouseholdUnit>({
  name: 'HouseholdUnit',
  table: 'household_unit',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    householdId: column.uuid(),
    unitId: column.uuid(),
    validFrom: column.date(),
    validTo: column.date({ nullable: true }),
  },
});

export const organisationReferenceEntity = defineEntity<OrganisationReference>({
  name: 'OrganisationReference',
  table: 'organisation_reference',
  columns: { id: column.id(), tenantId: column.uuid(), kind: column.text() },
});

export const staffReferenceEntity = defineEntity<StaffReference>({
  name: 'StaffReference',
  table: 'staff_reference',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    number: column.text({ nullable: true }),
    tradeCodes: column.texts(),
    onDutyFrom: column.instant({ nullable: true }),
    onDutyTo: column.instant({ nullable: true }),
    leftOn: column.date({ nullable: true }),
  },
});

export const referenceEntities = [
  communityReferenceEntity,
  placeReferenceEntity,
  householdReferenceEntity,
  householdUnitEntity,
  householdMemberEntity,
  organisationReferenceEntity,
  staffReferenceEntity,
  staffPostReferenceEntity,
];
