import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const inCommunity = `
  unique (tenant_id, community_id, number),
  unique (tenant_id, id),
  foreign key (tenant_id, community_id) references community (tenant_id, id)`;

// Days are half-open; an empty range is a holding or membership that was taken back before it began.
const ofHousehold = `
  id uuid primary key,
  tenant_id uuid not null,
  household_id uuid not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  foreign key (tenant_id, household_id) references household (tenant_id, id)`;

const up = `
create extension if not exists btree_gist;

create table person (${identity},
  name_sealed text not null,
  name_masked text not null,
  phone_sealed text,
  phone_masked text,
  phone_index text,
  identity_sealed text,
  identity_masked text,
  identity_index text,
  locale text check (locale in ('zh-CN', 'en')),
  constraint person_identity_unique unique (tenant_id, identity_index),
  ${inCommunity}
);
create index person_phone on person (tenant_id, phone_index);
create index person_created on person (tenant_id, created_at, id);
${tenantTableSql('person')}

create table organisation (${identity},
  kind text not null check (kind in ('MERCHANT', 'CONTRACTOR', 'DEVELOPER')),
  name text not null,
  credit_code text,
  contact_name_sealed text,
  contact_name_masked text,
  contact_phone_sealed text,
  contact_phone_masked text,
  constraint organisation_credit_code_unique unique (tenant_id, credit_code),
  ${inCommunity}
);
create index organisation_created on organisation (tenant_id, created_at, id);
${tenantTableSql('organisation')}

create table household (${identity},
  segment text not null check (segment in ('MAIN_MERCHANT', 'SMALL_MERCHANT', 'RESIDENT')),
  is_key_account boolean not null,
  ${inCommunity}
);
create index household_created on household (tenant_id, created_at, id);
${tenantTableSql('household')}

create table household_holding (${ofHousehold},
  unit_id uuid not null references place (id),
  tenure text not null check (tenure in ('OWNED', 'RENTED')),
  constraint unit_already_held exclude using gist (
    household_id with =, unit_id with =, daterange(valid_from, valid_to) with &&
  ),
  constraint unit_already_owned exclude using gist (
    unit_id with =, daterange(valid_from, valid_to) with &&
  ) where (tenure = 'OWNED')
);
create index holding_of_unit on household_holding (unit_id);
create index holding_of_household on household_holding (household_id);
${tenantTableSql('household_holding')}

create table household_membership (${ofHousehold},
  person_id uuid,
  organisation_id uuid,
  role text not null check (role in ('OWNER', 'RENTER', 'FAMILY', 'AGENT')),
  check (num_nonnulls(person_id, organisation_id) = 1),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, organisation_id) references organisation (tenant_id, id),
  constraint membership_overlaps exclude using gist (
    household_id with =, coalesce(person_id, organisation_id) with =, role with =, daterange(valid_from, valid_to) with &&
  )
);
create index membership_of_household on household_membership (household_id);
create index membership_of_person on household_membership (person_id) where person_id is not null;
create index membership_of_organisation on household_membership (organisation_id) where organisation_id is not null;
${tenantTableSql('household_membership')}

create table household_document (
  id uuid primary key,
  tenant_id uuid not null,
  household_id uuid not null,
  kind_code text not null,
  file_id uuid,
  received_at timestamptz not null,
  foreign key (tenant_id, household_id) references household (tenant_id, id)
);
create index document_of_household on household_document (household_id, received_at);
${tenantTableSql('household_document')}
`;

const down = `
drop table household_document;
drop table household_membership;
drop table household_holding;
drop table household;
drop table organisation;
drop table person;
drop extension btree_gist;
`;

export const migration: Migration = { name: '20261122-1001-create-households', up, down };
