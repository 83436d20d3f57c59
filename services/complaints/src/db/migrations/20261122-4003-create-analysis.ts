import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const up = `
create table recurring_problem (${identity},
  status text not null check (status in ('FOUND', 'PREVENTING', 'EFFECTIVE')),
  category_code text not null,
  building_id uuid,
  round int not null check (round >= 1),
  found_at timestamptz not null,
  cause_sealed text,
  prevention_sealed text,
  owner_id uuid,
  department_codes text[] not null,
  planned_at timestamptz,
  check_at timestamptz,
  checked_at timestamptz,
  recurrence_count int,
  unique (tenant_id, id),
  constraint recurring_problem_number_unique unique (tenant_id, community_id, number),
  check (status <> 'PREVENTING' or (cause_sealed is not null and prevention_sealed is not null
    and owner_id is not null and check_at is not null and cardinality(department_codes) > 0)),
  check (status <> 'EFFECTIVE' or checked_at is not null)
);
-- A kind of complaint in a place is one problem at a time.
create unique index recurring_problem_open on recurring_problem (tenant_id, community_id, category_code, building_id)
  nulls not distinct where status <> 'EFFECTIVE';
create index recurring_problem_newest on recurring_problem (community_id, found_at, id);
${tenantTableSql('recurring_problem')}

create table recurring_problem_complaint (
  complaint_id uuid primary key,
  tenant_id uuid not null,
  problem_id uuid not null,
  foreign key (tenant_id, complaint_id) references complaint (tenant_id, id),
  foreign key (tenant_id, problem_id) references recurring_problem (tenant_id, id)
);
create index recurring_problem_complaint_of_problem on recurring_problem_complaint (problem_id);
${tenantTableSql('recurring_problem_complaint', { appendOnly: true })}

create table complaint_report (${identity},
  status text not null check (status in ('ISSUED', 'REVIEWED')),
  period text not null check (period in ('WEEK', 'MONTH')),
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  statistics jsonb not null,
  conclusion_sealed text,
  reviewed_at timestamptz,
  unique (tenant_id, id),
  unique (tenant_id, community_id, period, starts_on),
  check ((status = 'REVIEWED') = (reviewed_at is not null)),
  check ((status = 'REVIEWED') = (conclusion_sealed is not null))
);
create index complaint_report_newest on complaint_report (community_id, starts_on, id);
${tenantTableSql('complaint_report')}

create table complaint_code (${identity},
  kind text not null check (kind in ('CATEGORY', 'CHANNEL')),
  name_zh text not null,
  name_en text not null,
  department_code text,
  grade text check (grade in ('MAJOR', 'IMPORTANT', 'MINOR')),
  retired_at timestamptz,
  unique (tenant_id, id),
  constraint complaint_code_unique unique (tenant_id, community_id, kind, number),
  check ((kind = 'CATEGORY') = (department_code is not null)),
  check ((kind = 'CATEGORY') = (grade is not null))
);
${tenantTableSql('complaint_code')}
`;

const down = `
drop table complaint_code, complaint_report, recurring_problem_complaint, recurring_problem;
`;

export const migration: Migration = { name: '20261122-4003-create-analysis', up, down };
