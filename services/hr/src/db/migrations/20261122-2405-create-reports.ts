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
create table report_duty (${identity},
  name text not null,
  frequency text not null check (frequency in ('WEEKLY', 'MONTHLY', 'QUARTERLY')),
  due_day int not null check (due_day between 1 and 60),
  staff_id uuid not null,
  status text not null check (status in ('ACTIVE', 'RETIRED')),
  ${inCommunity}, ${references('staff_id', 'staff')}
);
${tenantTableSql('report_duty')}

-- Days are half-open [starts_on, ends_on).
create table duty_report (${identity},
  duty_id uuid not null,
  staff_id uuid not null,
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  due_on date not null check (due_on >= ends_on),
  status text not null check (status in ('DUE', 'SUBMITTED', 'RETURNED', 'ACCEPTED', 'DROPPED')),
  summary_sealed text,
  submitted_at timestamptz,
  is_on_time boolean,
  check (status <> 'DUE' or submitted_at is null),
  check (status in ('DUE', 'DROPPED') or submitted_at is not null),
  check ((submitted_at is null) = (is_on_time is null)),
  check ((submitted_at is null) = (summary_sealed is null)),
  unique (duty_id, starts_on),
  ${inCommunity}, ${references('duty_id', 'report_duty')}, ${references('staff_id', 'staff')}
);
create index duty_report_due on duty_report (tenant_id, community_id, due_on);
${tenantTableSql('duty_report')}
`;

const down = `
drop table duty_report, report_duty;
`;

export const migration: Migration = { name: '20261122-2405-create-reports', up, down };
