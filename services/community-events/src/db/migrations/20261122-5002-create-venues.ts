import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create table venue (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  kind_code text not null,
  name_zh text not null,
  name_en text not null,
  place_id uuid,
  capacity int not null check (capacity >= 1),
  open_from time not null,
  open_to time not null,
  retired_at timestamptz,
  unique (tenant_id, id),
  constraint venue_number_unique unique (tenant_id, community_id, number),
  check (open_from < open_to)
);
create index venue_of_community on venue (community_id, number);
${tenantTableSql('venue')}
revoke delete on venue from {{service}};

create table venue_booking (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  venue_id uuid not null,
  activity_id uuid,
  purpose text,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  status text not null check (status in ('BOOKED', 'RELEASED')),
  unique (tenant_id, id),
  constraint venue_booking_number_unique unique (tenant_id, community_id, number),
  check (starts_at < ends_at),
  check (activity_id is not null or purpose is not null),
  foreign key (tenant_id, venue_id) references venue (tenant_id, id),
  -- A venue is one party's at a time, whoever books.
  constraint venue_booking_no_clash exclude using gist (venue_id with =, tstzrange(starts_at, ends_at) with &&)
    where (status = 'BOOKED')
);
create index venue_booking_of_venue on venue_booking (venue_id, starts_at, id);
create index venue_booking_of_community on venue_booking (community_id, starts_at, id);
create unique index venue_booking_of_activity on venue_booking (activity_id) where status = 'BOOKED';
${tenantTableSql('venue_booking')}
revoke delete on venue_booking from {{service}};
`;

const down = `drop table venue_booking, venue;`;

export const migration: Migration = { name: '20261122-5002-create-venues', up, down };
