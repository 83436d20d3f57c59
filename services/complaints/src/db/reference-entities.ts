import { column, defineEntity } from '@steward/db';
import {
  authorityGrantReferenceEntity,
  communityReferenceEntity,
  householdMemberEntity,
  householdReferenceEntity,
  staffPostReferenceEntity,
  staffReferenceEntity,
} from '@steward/service-kit';

import type { HouseholdUnit, PlaceReference } from '../domain/references.ts';

/** What a place's own events tell; the building above it is found by the path when it is asked for. */
export type PlaceRow = Omit<PlaceReference, 'buildingId'>;

export const placeReferenceEntity = defineEntity<PlaceRow>({
  name: 'PlaceReference',
  table: 'place_reference',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    communityId: column.uuid(),
    kind: column.text(),
    path: column.text(),
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

export const referenceEntities = [
  authorityGrantReferenceEntity,
  communityReferenceEntity,
  householdReferenceEntity,
  householdMemberEntity,
  placeReferenceEntity,
  householdUnitEntity,
  staffReferenceEntity,
  staffPostReferenceEntity,
];
