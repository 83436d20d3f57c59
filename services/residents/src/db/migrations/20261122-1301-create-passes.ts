import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create table pass (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  kind text not null check (kind in ('ITEM_RELEASE', 'VISITOR', 'VEHICLE', 'WORKER', 'BUS', 'SHOW_FLAT')),
  status text not null check (status in ('REQUESTED', 'VALID', 'SUSPENDED', 'USED', 'WITHDRAWN', 'EXPIRED')),
  code text not null,
  household_id uuid,
  unit_id uuid,
  organisation_id uuid,
  cause_type text,
  cause_id uuid,
  holder_name_sealed text,
  holder_name_masked text,
  holder_phone_sealed text,
  holder_phone_masked text,
  holder_identity_sealed text,
  holder_count int not null check (holder_count > 0),
  plate_sealed text,
  plate_masked text,
  plate_index text,
  items jsonb not null,
  photo_file_ids uuid[] not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  suspended_by text check (suspended_by in ('HAND', 'PROCEDURE')),
  reason_code text,
  used_at timestamptz,
  used_gate_id uuid,
  unique (tenant_id, id),
  constraint pass_number_unique unique (tenant_id, community_id, number),
  constraint pass_code_unique unique (tenant_id, community_id, code),
  check (valid_to > valid_from),
  check ((cause_type is null) = (cause_id is null)),
  check ((status = 'SUSPENDED') = (suspended_by is not null)),
  check (status <> 'USED' or (used_at is not null and used_gate_id is not null)),
  foreign key (tenant_id, community_id) references community (tenant_id, id),
  foreign key (tenant_id, household_id) references household (tenant_id, id),
  foreign key (tenant_id, unit_id) references place (tenant_id, id),
  foreign key (tenant_id, organisation_id) references organisation (tenant_id, id),
  foreign key (tenant_id, used_gate_id) references place (tenant_id, id)
);
create index pass_newest on pass (tenant_id, community_id, created_at, id);
create index pass_household on pass (household_id);
create index pass_cause on pass (cause_id);
create index pass_plate on pass (tenant_id, plate_index);
${tenantTableSql('pass')}

create table pass_use (
  id uuid primary key,
  tenant_id uuid not null,
  pass_id uuid not null,
  used_at timestamptz not null,
  gate_id uuid not null,
  guard_id uuid,
  direction text not null check (direction in ('ENTRY', 'EXIT')),
  is_damaged boolean,
  is_locked boolean,
  photo_file_ids uuid[] not null,
  check ((is_damaged is null) = (is_locked is null)),
  foreign key (tenant_id, pass_id) references pass (tenant_id, id),
  foreign key (tenant_id, gate_id) references place (tenant_id, id)
);
create index pass_use_of_pass on pass_use (pass_id, used_at);
${tenantTableSql('pass_use', { appendOnly: true })}
`;

const down = 'drop table pass_use, pass;';

export const migration: Migration = { name: '20261122-1301-create-passes', up, down };
