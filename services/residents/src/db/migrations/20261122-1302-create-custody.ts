import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create table custody (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  status text not null check (status in ('REQUESTED', 'ACTIVE', 'ENDED', 'CANCELLED')),
  household_id uuid not null,
  unit_id uuid not null,
  coordinator_id uuid,
  signed_at timestamptz,
  starts_on date,
  ends_on date check (ends_on >= starts_on),
  management_fee_share numeric check (management_fee_share between 0 and 1),
  start_water_m3 numeric,
  start_electricity_kwh numeric,
  last_water_m3 numeric,
  last_electricity_kwh numeric,
  last_read_at timestamptz,
  water_exceeded_at timestamptz,
  electricity_exceeded_at timestamptz,
  reason_code text,
  unique (tenant_id, id),
  constraint custody_number_unique unique (tenant_id, community_id, number),
  check (status not in ('ACTIVE', 'ENDED') or (starts_on is not null and management_fee_share is not null)),
  foreign key (tenant_id, community_id) references community (tenant_id, id),
  foreign key (tenant_id, household_id) references household (tenant_id, id),
  foreign key (tenant_id, unit_id) references place (tenant_id, id)
);
create unique index custody_one_of_unit on custody (unit_id) where status in ('REQUESTED', 'ACTIVE');
create index custody_newest on custody (tenant_id, community_id, created_at, id);
create index custody_household on custody (household_id);
${tenantTableSql('custody')}

create table custody_reading (
  id uuid primary key,
  tenant_id uuid not null,
  custody_id uuid not null,
  taken_at timestamptz not null,
  water_m3 numeric not null check (water_m3 >= 0),
  electricity_kwh numeric not null check (electricity_kwh >= 0),
  taken_by uuid,
  photo_file_ids uuid[] not null,
  foreign key (tenant_id, custody_id) references custody (tenant_id, id)
);
create index custody_reading_of_custody on custody_reading (custody_id, taken_at);
${tenantTableSql('custody_reading', { appendOnly: true })}

create table heavy_rain_warning (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  rain_from timestamptz not null,
  rain_to timestamptz not null check (rain_to > rain_from),
  recorded_at timestamptz not null,
  recorded_by uuid,
  unique (tenant_id, id),
  foreign key (tenant_id, community_id) references community (tenant_id, id)
);
${tenantTableSql('heavy_rain_warning', { appendOnly: true })}

create table custody_patrol (
  id uuid primary key,
  tenant_id uuid not null,
  custody_id uuid not null,
  kind text not null check (kind in ('WEEKLY', 'BEFORE_RAIN', 'AFTER_RAIN', 'EXTRA')),
  status text not null check (status in ('DUE', 'DONE', 'MISSED', 'CANCELLED')),
  warning_id uuid,
  due_at timestamptz,
  patrolled_at timestamptz,
  patrolled_by uuid,
  finding_codes text[] not null,
  note_sealed text,
  photo_file_ids uuid[] not null,
  check ((status = 'DONE') = (patrolled_at is not null)),
  check (kind = 'EXTRA' or due_at is not null),
  foreign key (tenant_id, custody_id) references custody (tenant_id, id),
  foreign key (tenant_id, warning_id) references heavy_rain_warning (tenant_id, id)
);
create index custody_patrol_of_custody on custody_patrol (custody_id, due_at);
${tenantTableSql('custody_patrol')}
`;

const down = 'drop table custody_patrol, heavy_rain_warning, custody_reading, custody;';

export const migration: Migration = { name: '20261122-1302-create-custody', up, down };
