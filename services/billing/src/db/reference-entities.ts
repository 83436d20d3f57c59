import { column, defineEntity } from '@steward/db';
import {
  authorityGrantReferenceEntity,
  communityReferenceEntity,
  householdMemberEntity,
  householdReferenceEntity,
} from '@steward/service-kit';

import type { HouseholdParty, HouseholdUnit, UnitLiability, UnitReference } from '../domain/references.ts';

const optional = { nullable: true };

export const unitReferenceEntity = defineEntity<UnitReference>({
  name: 'UnitReference',
  table: 'unit_reference',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    communityId: column.uuid(),
    kind: column.text(),
    path: column.text(),
    buildingPath: column.text(),
    usage: column.text(optional),
    areaM2: { ...column.decimal(optional), name: 'area_m2' },
    deliveredOn: column.date(optional),
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
    tenure: column.text(),
    validFrom: column.date(),
    validTo: column.date(optional),
  },
});

export const householdPartyEntity = defineEntity<HouseholdParty>({
  name: 'HouseholdParty',
  table: 'household_party',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    householdId: column.uuid(),
    personId: column.uuid(optional),
    organisationId: column.uuid(optional),
    role: column.text(),
    validFrom: column.date(),
    validTo: column.date(optional),
  },
});

export const unitLiabilityEntity = defineEntity<UnitLiability>({
  name: 'UnitLiability',
  table: 'unit_liability',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    communityId: column.uuid(),
    holdingId: column.uuid(),
    unitId: column.uuid(),
    householdId: column.uuid(),
    billingAccountId: column.uuid(),
    tenure: column.text(),
    validFrom: column.date(),
    validTo: column.date(optional),
  },
});

export const referenceEntities = [
  authorityGrantReferenceEntity,
  communityReferenceEntity,
  householdReferenceEntity,
  householdMemberEntity,
  unitReferenceEntity,
  householdUnitEntity,
  householdPartyEntity,
  unitLiabilityEntity,
];
