import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const inCommunity = 'foreign key (tenant_id, community_id) references community_reference (tenant_id, id)';
const ofStaff = 'foreign key (tenant_id, staff_id) references staff (tenant_id, id)';

const up = `
create table certificate (${identity},
  staff_id uuid,
  kind_code text not null,
  certificate_no_sealed text not null,
  certificate_no_masked text not null,
  issued_on date not null,
  expires_on date not null check (expires_on >= issued_on),
  status text not null check (status in ('IN_FORCE', 'REVOKED')),
  upkeep text check (upkeep in ('RENEWAL', 'YEARLY_INSPECTION', 'SEAL_CHANGE')),
  unique (tenant_id, community_id, number),
  ${inCommunity}, ${ofStaff}
);
create index certificate_of_staff on certificate (tenant_id, staff_id, kind_code);
${tenantTableSql('certificate')}

create table induction_record (${identity},
  staff_id uuid not null,
  completed_on date not null,
  is_passed boolean not null,
  unique (tenant_id, community_id, number),
  ${inCommunity}, ${ofStaff}
);
create index induction_record_of_staff on induction_record (tenant_id, staff_id, completed_on);
${tenantTableSql('induction_record')}

-- Times of day as HH:mm; an end that is not after the beginning lies on the next day.
create table shift_pattern (${identity},
  name text not null,
  kind text not null check (kind in ('SERVICE_CENTRE', 'MANAGERS', 'DEPARTMENT')),
  roles text[] not null check (cardinality(roles) > 0),
  trade_codes text[] not null,
  start_time text not null,
  end_time text not null,
  summer_start_time text,
  summer_end_time text,
  is_handover_required boolean not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  status text not null check (status in ('ACTIVE', 'RETIRED')),
  check ((status = 'RETIRED') = (valid_to is not null)),
  ${inCommunity},
  constraint shift_pattern_code_taken exclude using gist (
    tenant_id with =, community_id with =, number with =, daterange(valid_from, valid_to) with &&
  )
);
${tenantTableSql('shift_pattern')}

create table duty_roster (${identity},
  kind text not null check (kind in ('SERVICE_CENTRE', 'MANAGERS', 'DEPARTMENT')),
  department_id uuid,
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  status text not null check (status in ('DRAFT', 'SUBMITTED', 'PUBLISHED', 'WITHDRAWN')),
  shift_count int not null check (shift_count >= 0),
  submitted_by text,
  published_at timestamptz,
  unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  check ((kind = 'DEPARTMENT') = (department_id is not null)),
  ${inCommunity},
  foreign key (tenant_id, department_id) references department (tenant_id, id),
  -- One roster of a kind holds on a day.
  constraint duty_roster_overlaps exclude using gist (
    tenant_id with =, community_id with =, kind with =,
    (coalesce(department_id, '00000000-0000-0000-0000-000000000000')) with =, daterange(starts_on, ends_on) with &&
  ) where (status = 'PUBLISHED')
);
${tenantTableSql('duty_roster')}

create table duty_shift (${identity},
  roster_id uuid not null,
  worked_on date not null,
  pattern_code text not null,
  staff_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  is_service_centre boolean not null,
  is_night boolean not null,
  is_handover_required boolean not null,
  status text not null check (status in ('PLANNED', 'STARTED', 'ENDED', 'MISSED', 'CANCELLED')),
  started_at timestamptz,
  ended_at timestamptz check (ended_at >= started_at),
  away_from timestamptz,
  substitute_id uuid,
  unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  check (status not in ('STARTED', 'ENDED') or started_at is not null),
  check ((status = 'ENDED') = (ended_at is not null)),
  ${inCommunity}, ${ofStaff},
  foreign key (tenant_id, roster_id) references duty_roster (tenant_id, id),
  foreign key (tenant_id, substitute_id) references staff (tenant_id, id)
);
create index duty_shift_of_roster on duty_shift (roster_id, starts_at, id);
create index duty_shift_of_staff on duty_shift (tenant_id, staff_id, starts_at);
create index duty_shift_of_community on duty_shift (tenant_id, community_id, starts_at, id);
create index duty_shift_present on duty_shift (tenant_id, community_id) where status = 'STARTED' and is_service_centre;
${tenantTableSql('duty_shift')}

create table duty_gap (${identity},
  gap_from timestamptz not null,
  gap_to timestamptz check (gap_to >= gap_from),
  cause text not null check (cause in ('NOBODY_CAME', 'DESK_LEFT')),
  status text not null check (status in ('OPEN', 'CLOSED')),
  unique (tenant_id, community_id, number),
  check ((status = 'CLOSED') = (gap_to is not null)),
  ${inCommunity}
);
create unique index duty_gap_open on duty_gap (tenant_id, community_id) where status = 'OPEN';
${tenantTableSql('duty_gap')}
`;

const down = `
drop table duty_gap, duty_shift, duty_roster, shift_pattern, induction_record, certificate;
`;

export const migration: Migration = { name: '20261122-2101-create-rosters', up, down };
