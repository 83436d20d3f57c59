import { tenantTableSql, type Migration } from '@steward/db';

// Facts of different aggregates arrive in any order, so these tables do not refer to each other.
const up = `
create table community_reference (
  id uuid primary key,
  tenant_id uuid not null,
  time_zone text not null,
  currency text not null,
  status text not null check (status in ('ACTIVE', 'LEFT'))
);
${tenantTableSql('community_reference')}

create table place_reference (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  parent_id uuid,
  kind text not null check (kind in ('BUILDING', 'SECTION', 'UNIT', 'COMMON_AREA')),
  path text not null,
  warranty_from date,
  design_life_years int
);
create index place_reference_path on place_reference (community_id, path);
${tenantTableSql('place_reference')}

create table household_reference (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null
);
${tenantTableSql('household_reference')}

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
create index household_unit_of_household on household_unit (household_id);
${tenantTableSql('household_unit')}

create table household_member (
  id uuid primary key,
  tenant_id uuid not null,
  household_id uuid not null,
  person_id uuid not null,
  valid_from date not null,
  valid_to date
);
create index household_member_of_person on household_member (person_id);
create index household_member_of_household on household_member (household_id);
${tenantTableSql('household_member')}

create table organisation_reference (
  id uuid primary key,
  tenant_id uuid not null,
  kind text not null check (kind in ('MERCHANT', 'CONTRACTOR', 'DEVELOPER'))
);
${tenantTableSql('organisation_reference')}

create table staff_reference (
  id uuid primary key,
  tenant_id uuid not null,
  trade_codes text[] not null,
  on_duty_from timestamptz,
  on_duty_to timestamptz,
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
drop table staff_post_reference, staff_reference, organisation_reference, household_member, household_unit,
  household_reference, place_reference, community_reference;
`;

export const migration: Migration = { name: '20261122-3001-create-references', up, down };
