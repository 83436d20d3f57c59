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
`;

const down = `drop table venue;`;

export const migration: Migration = { name: '20261122-5002-create-venues', up, down };
