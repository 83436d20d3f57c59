import { tenantTableSql, type Migration } from '@steward/db';

const ofCompany = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid check (community_id is null),
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const up = `
create table staff_position (${ofCompany},
  label text,
  rule text,
  rank text not null check (rank in ('STAFF', 'SHIFT_LEADER', 'DEPUTY_SUPERVISOR', 'SUPERVISOR', 'DEPARTMENT_MANAGER',
    'DEPUTY_DIRECTOR', 'DIRECTOR', 'GENERAL_MANAGER')),
  role text not null,
  reports_to_code text,
  min_age int check (min_age between 16 and 70),
  education text check (education in ('JUNIOR_HIGH', 'HIGH_SCHOOL', 'COLLEGE', 'BACHELOR', 'MASTER')),
  field_code text,
  min_experience_years int check (min_experience_years >= 0),
  language_codes text[] not null,
  certificate_kinds text[] not null,
  weekly_work_days int check (weekly_work_days between 1 and 7),
  planned_count int not null check (planned_count >= 0),
  probation_months int not null check (probation_months between 0 and 6),
  rotation_group text,
  is_handover_required boolean not null,
  duties jsonb not null check (jsonb_typeof(duties) = 'array'),
  partners jsonb not null check (jsonb_typeof(partners) = 'array'),
  kpis jsonb not null check (jsonb_typeof(kpis) = 'array'),
  status text not null check (status in ('ACTIVE', 'RETIRED')),
  constraint staff_position_code unique (tenant_id, number),
  unique (tenant_id, id),
  -- A position of the standard is told by its code, one of the company by its label.
  check (label is not null or rule is not null)
);
${tenantTableSql('staff_position')}

-- Part of the position: its headcount where a community has one of its own.
create table position_headcount (
  position_id uuid not null,
  tenant_id uuid not null,
  community_id uuid not null,
  planned_count int not null check (planned_count >= 0),
  primary key (position_id, community_id),
  foreign key (tenant_id, position_id) references staff_position (tenant_id, id),
  foreign key (tenant_id, community_id) references community_reference (tenant_id, id)
);
${tenantTableSql('position_headcount')}
`;

const down = `
drop table position_headcount, staff_position;
`;

export const migration: Migration = { name: '20261122-2200-create-positions', up, down };
