import { tenantTableSql, type Migration } from '@steward/db';
import { communityReferenceSql, householdReferenceSql } from '@steward/service-kit';

// Facts of different aggregates arrive in any order, so these tables do not refer to each other.
const up = `
${communityReferenceSql}
${householdReferenceSql}

create table place_reference (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  kind text not null check (kind in ('BUILDING', 'SECTION', 'UNIT', 'COMMON_AREA')),
  path text not null
);
create index place_reference_path on place_reference (community_id, path);
${tenantTableSql('place_reference')}

-- Days are half-open [valid_from, valid_to).
create table household_unit (
  id uuid primary key,
  tenant_id uuid not null,
  household_id uuid not null,
  unit_id uuid not null,
  valid_from date not null,
  valid_to date
);
create index household_unit_of_unit on household_unit (unit_id);
${tenantTableSql('household_unit')}

create table staff_reference (
  id uuid primary key,
  tenant_id uuid not null,
  left_on date
);
${tenantTableSql('staff_reference')}

create table staff_post_reference (
  id uuid primary key,
  tenant_id uuid not null,
  staff_id uuid not null,
  community_id uuid not null,
  department_code text not null,
  role text not null,
  valid_from date not null,
  valid_to date
);
create index staff_post_reference_of_community on staff_post_reference (community_id, department_code);
create index staff_post_reference_of_staff on staff_post_reference (staff_id);
${tenantTableSql('staff_post_reference')}
`;

const down = `
drop table staff_post_reference, staff_reference, household_unit, place_reference, household_member,
  household_reference, community_reference;
`;

export const migration: Migration = { name: '20261122-4001-create-references', up, down };
