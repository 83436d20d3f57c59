import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create extension if not exists btree_gist;

create table household (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null check (number <> ''),
  version int not null,
  created_at timestamptz not null,
  segment text not null check (segment in ('MAIN_MERCHANT', 'SMALL_MERCHANT', 'RESIDENT')),
  is_key_account boolean not null,
  constraint household_number_unique unique (tenant_id, community_id, number),
  unique (tenant_id, id),
  foreign key (tenant_id, community_id) references community (tenant_id, id)
);
create index household_newest on household (tenant_id, created_at, id);
${tenantTableSql('household')}

-- Days are half-open [valid_from, valid_to); an empty range never took place and meets nothing.
create table household_holding (
  id uuid primary key,
  tenant_id uuid not null,
  household_id uuid not null,
  unit_id uuid not null,
  tenure text not null check (tenure in ('OWNED', 'RENTED')),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  foreign key (tenant_id, household_id) references household (tenant_id, id),
  foreign key (tenant_id, unit_id) references place (tenant_id, id),
  constraint household_holding_overlaps exclude using gist (
    household_id with =, unit_id with =, daterange(valid_from, valid_to) with &&
  ),
  constraint household_holding_one_owner exclude using gist (
    unit_id with =, daterange(valid_from, valid_to) with &&
  ) where (tenure = 'OWNED')
);
create index household_holding_household on household_holding (household_id);
create index household_holding_unit on household_holding (unit_id);
${tenantTableSql('household_holding')}

create table household_membership (
  id uuid primary key,
  tenant_id uuid not null,
  household_id uuid not null,
  person_id uuid,
  organisation_id uuid,
  role text not null check (role in ('OWNER', 'RENTER', 'FAMILY', 'AGENT')),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  check ((person_id is null) <> (organisation_id is null)),
  foreign key (tenant_id, household_id) references household (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, organisation_id) references organisation (tenant_id, id),
  constraint household_membership_overlaps exclude using gist (
    household_id with =, coalesce(person_id, organisation_id) with =, role with =,
    daterange(valid_from, valid_to) with &&
  )
);
create index household_membership_household on household_membership (household_id);
create index household_membership_person on household_membership (person_id);
create index household_membership_organisation on household_membership (organisation_id);
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
create index household_document_household on household_document (household_id);
${tenantTableSql('household_document', { appendOnly: true })}
`;

const down = `
drop table household_document;
drop table household_membership;
drop table household_holding;
drop table household;
drop extension btree_gist;
`;

export const migration: Migration = { name: '20261122-1002-create-households', up, down };
