import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create table move_out (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  status text not null check (status in ('OPEN', 'CLOSED', 'CANCELLED')),
  household_id uuid not null,
  unit_id uuid not null,
  holding_id uuid not null references household_holding (id),
  leaves_on date not null,
  inspected_at timestamptz,
  key_count int check (key_count >= 1),
  water_reading numeric,
  electricity_reading numeric,
  gas_reading numeric,
  charge_state text not null check (charge_state in ('NONE', 'REQUESTED', 'RAISED', 'SETTLED', 'REVERSED')),
  charge_id uuid,
  counter_signed text[] not null,
  closed_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason_code text,
  unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  check ((status = 'CLOSED') = (closed_at is not null)),
  check ((status = 'CANCELLED') = (cancelled_at is not null)),
  check ((inspected_at is null) = (key_count is null)),
  foreign key (tenant_id, household_id) references household (tenant_id, id),
  foreign key (tenant_id, unit_id) references place (tenant_id, id)
);
create unique index move_out_one_under_way on move_out (holding_id) where status = 'OPEN';
create index move_out_newest on move_out (community_id, created_at, id);
create index move_out_of_household on move_out (household_id, created_at, id);
${tenantTableSql('move_out')}
`;

const down = 'drop table move_out;';

export const migration: Migration = { name: '20261122-1104-create-move-outs', up, down };
