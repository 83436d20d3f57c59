import { tenantTableSql, type Migration } from '@steward/db';

const up = `
-- The tenant itself: one row per tenant.
create table company (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid check (community_id is null),
  number text not null,
  version int not null,
  created_at timestamptz not null,
  name text not null check (name <> ''),
  check (id = tenant_id)
);
${tenantTableSql('company')}

create table community (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  name text not null check (name <> ''),
  address text,
  time_zone text not null,
  locale text not null check (locale in ('zh-CN', 'en')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  built_area_m2 numeric check (built_area_m2 > 0),
  status text not null check (status in ('ACTIVE', 'LEFT')),
  constraint community_number_unique unique (tenant_id, number),
  unique (tenant_id, id),
  check (community_id = id),
  foreign key (tenant_id) references company (id)
);
${tenantTableSql('community')}

-- The path sorts by its bytes, so that all that is below a place is one range of the index.
create table place (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text collate "C" not null,
  version int not null,
  created_at timestamptz not null,
  parent_id uuid,
  kind text not null check (kind in ('BUILDING', 'SECTION', 'UNIT', 'COMMON_AREA')),
  code text not null check (code <> '' and strpos(code, '/') = 0),
  name text,
  usage text check (usage in ('RESIDENTIAL', 'SHOP', 'OFFICE', 'PARKING', 'STORAGE')),
  common_area_code text,
  area_m2 numeric check (area_m2 > 0),
  floor int,
  delivered_on date,
  warranty_from date,
  design_life_years int check (design_life_years > 0),
  constraint place_number_unique unique (tenant_id, community_id, number),
  unique (tenant_id, community_id, id),
  unique (tenant_id, id),
  check ((kind = 'UNIT') = (usage is not null)),
  check ((kind = 'COMMON_AREA') = (common_area_code is not null)),
  check (parent_id is not null or kind <> 'SECTION'),
  check (number = code or right(number, length(code) + 1) = '/' || code),
  foreign key (tenant_id, community_id) references community (tenant_id, id),
  foreign key (tenant_id, community_id, parent_id) references place (tenant_id, community_id, id)
);
create index place_parent on place (parent_id, number);
${tenantTableSql('place')}

create table person (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  name_sealed text not null,
  name_masked text not null,
  phone_sealed text,
  phone_masked text,
  phone_index text,
  identity_number_sealed text,
  identity_number_masked text,
  identity_number_index text,
  locale text check (locale in ('zh-CN', 'en')),
  constraint person_number_unique unique (tenant_id, community_id, number),
  constraint person_identity_unique unique (tenant_id, identity_number_index),
  unique (tenant_id, id),
  foreign key (tenant_id, community_id) references community (tenant_id, id)
);
create index person_phone on person (tenant_id, phone_index);
create index person_newest on person (tenant_id, created_at, id);
${tenantTableSql('person')}

create table organisation (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  kind text not null check (kind in ('MERCHANT', 'CONTRACTOR', 'DEVELOPER')),
  name text not null check (name <> ''),
  credit_code text,
  contact_name_sealed text,
  contact_name_masked text,
  contact_phone_sealed text,
  contact_phone_masked text,
  constraint organisation_number_unique unique (tenant_id, community_id, number),
  constraint organisation_credit_code_unique unique (tenant_id, credit_code),
  unique (tenant_id, id),
  foreign key (tenant_id, community_id) references community (tenant_id, id)
);
create index organisation_newest on organisation (tenant_id, created_at, id);
${tenantTableSql('organisation')}
`;

const down = `
drop table organisation;
drop table person;
drop table place;
drop table community;
drop table company;
`;

export const migration: Migration = { name: '20261122-1001-create-communities', up, down };
