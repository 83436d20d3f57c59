import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create extension if not exists btree_gist;

-- What the events of residents tell about communities.
create table community_reference (
  id uuid primary key,
  tenant_id uuid not null,
  time_zone text not null,
  status text not null check (status in ('ACTIVE', 'LEFT')),
  unique (tenant_id, id)
);
${tenantTableSql('community_reference')}

-- What the events of work-orders tell about trades that communities added.
create table trade_reference (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  code text not null,
  is_retired boolean not null
);
create index trade_reference_community on trade_reference (tenant_id, community_id);
${tenantTableSql('trade_reference')}

create table department (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid check (community_id is null),
  number text not null,
  version int not null,
  created_at timestamptz not null,
  name text not null,
  constraint department_number_unique unique (tenant_id, number),
  unique (tenant_id, id)
);
${tenantTableSql('department')}

create table team (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  department_id uuid not null,
  name text not null,
  constraint team_number_unique unique (tenant_id, community_id, number),
  unique (tenant_id, id),
  foreign key (tenant_id, community_id) references community_reference (tenant_id, id),
  foreign key (tenant_id, department_id) references department (tenant_id, id)
);
${tenantTableSql('team')}

create table staff (
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
  status text not null check (status in ('EMPLOYED', 'LEFT')),
  employed_on date not null,
  left_on date check (left_on > employed_on),
  leaving_reason_code text,
  trade_codes text[] not null,
  duty_from timestamptz,
  duty_to timestamptz check (duty_to > duty_from),
  constraint staff_number_unique unique (tenant_id, number),
  unique (tenant_id, id),
  check ((status = 'LEFT') = (left_on is not null)),
  check (duty_from is not null or duty_to is null),
  foreign key (tenant_id, community_id) references community_reference (tenant_id, id)
);
create index staff_phone on staff (tenant_id, phone_index);
create index staff_employed on staff (tenant_id, employed_on, id);
${tenantTableSql('staff')}

-- Days are half-open [valid_from, valid_to); an empty range is a post that was never taken up.
create table staff_post (
  id uuid primary key,
  tenant_id uuid not null,
  staff_id uuid not null,
  community_id uuid not null,
  department_id uuid not null,
  team_id uuid,
  position_code text not null,
  role text not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id),
  foreign key (tenant_id, community_id) references community_reference (tenant_id, id),
  foreign key (tenant_id, department_id) references department (tenant_id, id),
  foreign key (tenant_id, team_id) references team (tenant_id, id),
  constraint staff_post_overlaps exclude using gist (
    staff_id with =, community_id with =, department_id with =, position_code with =,
    daterange(valid_from, valid_to) with &&
  )
);
create index staff_post_community on staff_post (tenant_id, community_id, department_id);
create index staff_post_staff on staff_post (staff_id);
${tenantTableSql('staff_post')}
`;

const down = `
drop table staff_post;
drop table staff;
drop table team;
drop table department;
drop table trade_reference;
drop table community_reference;
drop extension btree_gist;
`;

export const migration: Migration = { name: '20261122-2000-create-staff', up, down };
