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
create table staff_check_form (${identity},
  kind text not null check (kind in ('GROOMING', 'SPOT_CHECK', 'DORMITORY')),
  name text not null,
  roles text[] not null,
  entries jsonb not null check (jsonb_array_length(entries) > 0),
  status text not null check (status in ('ACTIVE', 'RETIRED')),
  ${inCommunity}
);
${tenantTableSql('staff_check_form')}

-- Days are half-open [starts_on, ends_on).
create table staff_check_round (${identity},
  kind text not null check (kind in ('GROOMING', 'SPOT_CHECK', 'DORMITORY')),
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  planned_count int not null check (planned_count > 0),
  status text not null check (status in ('OPEN', 'COMPLETED')),
  unique (tenant_id, community_id, kind, starts_on),
  ${inCommunity}
);
${tenantTableSql('staff_check_round')}

create table staff_check (${identity},
  kind text not null check (kind in ('GROOMING', 'SPOT_CHECK', 'DORMITORY')),
  round_id uuid,
  staff_id uuid,
  room_id uuid,
  status text not null check (status in ('PLANNED', 'SKIPPED', 'PASSED', 'FINDINGS', 'AGREED', 'RECTIFIED')),
  sample_numbers text[] not null,
  findings_sealed text,
  checked_at timestamptz,
  agreed_with_id uuid,
  measure_sealed text,
  check ((kind = 'DORMITORY') = (room_id is not null)),
  check ((kind = 'DORMITORY') = (staff_id is null)),
  check ((status in ('PLANNED', 'SKIPPED')) = (checked_at is null)),
  check (status not in ('FINDINGS', 'AGREED', 'RECTIFIED') or findings_sealed is not null),
  -- Nothing is rectified that was not agreed with a head.
  check ((status in ('AGREED', 'RECTIFIED')) = (agreed_with_id is not null and measure_sealed is not null)),
  check (kind <> 'SPOT_CHECK' or status in ('PLANNED', 'SKIPPED') or cardinality(sample_numbers) > 0),
  unique (round_id, staff_id),
  unique (round_id, room_id),
  ${inCommunity}, ${references('round_id', 'staff_check_round')}, ${references('staff_id', 'staff')},
  ${references('room_id', 'dormitory_room')}, ${references('agreed_with_id', 'staff')}
);
create index staff_check_of_staff on staff_check (tenant_id, staff_id, checked_at);
create index staff_check_open on staff_check (tenant_id, community_id, kind) where status in ('PLANNED', 'FINDINGS', 'AGREED');
${tenantTableSql('staff_check')}
`;

const down = `
drop table staff_check, staff_check_round, staff_check_form;
`;

export const migration: Migration = { name: '20261122-2402-create-staff-checks', up, down };
