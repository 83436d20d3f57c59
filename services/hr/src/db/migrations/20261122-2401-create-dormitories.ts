import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const inCommunity = `unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  foreign key (tenant_id, community_id) references community_reference (tenant_id, id)`;
const references = (column: string, table: string): string =>
  `foreign key (tenant_id, ${column}) references ${table} (tenant_id, id)`;

const up = `
create table dormitory (${identity},
  name text not null,
  rules text[] not null check (cardinality(rules) > 0),
  status text not null check (status in ('OPEN', 'CLOSED')),
  ${inCommunity}
);
${tenantTableSql('dormitory')}

create table dormitory_room (${identity},
  dormitory_id uuid not null,
  name text not null,
  bed_count int not null check (bed_count between 1 and 20),
  status text not null check (status in ('ACTIVE', 'RETIRED')),
  unique (dormitory_id, name),
  ${inCommunity}, ${references('dormitory_id', 'dormitory')}
);
${tenantTableSql('dormitory_room')}

-- Days are half-open [starts_on, ends_on).
create table dormitory_stay (${identity},
  room_id uuid not null,
  bed int not null check (bed > 0),
  staff_id uuid not null,
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  status text not null check (status in ('RUNNING', 'ENDED')),
  check ((status = 'ENDED') = (ends_on is not null)),
  ${inCommunity}, ${references('room_id', 'dormitory_room')}, ${references('staff_id', 'staff')},
  -- A bed has one sleeper, and nobody has two beds.
  constraint dormitory_stay_of_bed exclude using gist (room_id with =, bed with =, daterange(starts_on, ends_on) with &&),
  constraint dormitory_stay_of_staff exclude using gist (staff_id with =, daterange(starts_on, ends_on) with &&)
);
${tenantTableSql('dormitory_stay')}
`;

const down = `
drop table dormitory_stay, dormitory_room, dormitory;
`;

export const migration: Migration = { name: '20261122-2401-create-dormitories', up, down };
