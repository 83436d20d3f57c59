import { tenantTableSql, type Migration } from '@steward/db';
import { communityReferenceSql, householdReferenceSql } from '@steward/service-kit';

// Facts of different aggregates arrive in any order, so these tables do not refer to each other.
const up = `
${communityReferenceSql}
${householdReferenceSql}

-- Every node of the property tree, because a unit's building is found by its path.
create table unit_reference (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  kind text not null check (kind in ('BUILDING', 'SECTION', 'UNIT', 'COMMON_AREA')),
  path text not null,
  building_path text not null,
  usage text,
  area_m2 numeric check (area_m2 >= 0),
  delivered_on date
);
create index unit_reference_path on unit_reference (community_id, path);
create index unit_reference_of_building on unit_reference (community_id, building_path);
${tenantTableSql('unit_reference')}

-- Days are half-open [valid_from, valid_to).
create table household_unit (
  id uuid primary key,
  tenant_id uuid not null,
  household_id uuid not null,
  unit_id uuid not null,
  tenure text not null check (tenure in ('OWNED', 'RENTED')),
  valid_from date not null,
  valid_to date
);
create index household_unit_of_unit on household_unit (unit_id);
create index household_unit_of_household on household_unit (household_id);
${tenantTableSql('household_unit')}

-- Persons and organisations of a household: who of them owes follows from the role.
create table household_party (
  id uuid primary key,
  tenant_id uuid not null,
  household_id uuid not null,
  person_id uuid,
  organisation_id uuid,
  role text not null check (role in ('OWNER', 'RENTER', 'FAMILY', 'AGENT')),
  valid_from date not null,
  valid_to date,
  check ((person_id is null) <> (organisation_id is null))
);
create index household_party_of_household on household_party (household_id);
create index household_party_of_person on household_party (person_id) where person_id is not null;
${tenantTableSql('household_party')}
`;

const down = `
drop table household_party, household_unit, unit_reference, household_member, household_reference,
  community_reference;
`;

export const migration: Migration = { name: '20261122-1501-create-references', up, down };
