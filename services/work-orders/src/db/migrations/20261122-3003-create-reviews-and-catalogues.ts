import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const up = `
create table work_order_sample (${identity},
  status text not null check (status in ('OPEN', 'COMPLETED')),
  week_starts_on date not null check (extract(isodow from week_starts_on) = 1),
  completed_count int not null,
  unique (tenant_id, id),
  unique (tenant_id, community_id, week_starts_on)
);
create index work_order_sample_newest on work_order_sample (community_id, week_starts_on, id);
${tenantTableSql('work_order_sample')}

create table work_order_sample_entry (
  id uuid primary key,
  tenant_id uuid not null,
  sample_id uuid not null,
  work_order_id uuid not null,
  visited_at timestamptz,
  rating int check (rating between 1 and 5),
  note_sealed text,
  unique (sample_id, work_order_id),
  foreign key (tenant_id, sample_id) references work_order_sample (tenant_id, id),
  foreign key (tenant_id, work_order_id) references work_order (tenant_id, id)
);
${tenantTableSql('work_order_sample_entry')}

create table work_order_monthly_report (${identity},
  status text not null check (status in ('ISSUED', 'CHECKED')),
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  statistics jsonb not null,
  damages jsonb not null,
  checked_at timestamptz,
  unique (tenant_id, id),
  unique (tenant_id, community_id, month),
  check ((status = 'CHECKED') = (checked_at is not null))
);
create index work_order_monthly_report_newest on work_order_monthly_report (community_id, month, id);
${tenantTableSql('work_order_monthly_report')}

create table staff_measure_proposal (
  id uuid primary key,
  tenant_id uuid not null,
  report_id uuid not null,
  staff_id uuid not null,
  measure text not null check (measure in ('REWARD', 'PENALTY', 'PROMOTION', 'DEMOTION')),
  reason_sealed text not null,
  proposed_at timestamptz not null,
  foreign key (tenant_id, report_id) references work_order_monthly_report (tenant_id, id)
);
create index staff_measure_proposal_of_report on staff_measure_proposal (report_id);
${tenantTableSql('staff_measure_proposal', { appendOnly: true })}

create table paid_service (${identity},
  name_zh text not null,
  name_en text not null,
  trade_code text not null,
  department_code text not null,
  unit_price_amount bigint not null check (unit_price_amount >= 0),
  currency text not null,
  unit text not null,
  retired_at timestamptz,
  unique (tenant_id, id),
  constraint paid_service_code_unique unique (tenant_id, community_id, number)
);
${tenantTableSql('paid_service')}

create table work_order_code (${identity},
  kind text not null check (kind in ('TRADE', 'PROBLEM', 'CHANNEL')),
  name_zh text not null,
  name_en text not null,
  trade_code text,
  department_code text,
  return_visit_kind text check (return_visit_kind in ('SAFETY', 'LEAK', 'OTHER')),
  is_emergency boolean not null,
  retired_at timestamptz,
  unique (tenant_id, id),
  constraint work_order_code_unique unique (tenant_id, community_id, kind, number),
  check ((kind = 'PROBLEM') = (trade_code is not null)),
  check ((kind = 'TRADE') = (department_code is not null))
);
${tenantTableSql('work_order_code')}
`;

const down = `
drop table work_order_code, paid_service, staff_measure_proposal, work_order_monthly_report, work_order_sample_entry,
  work_order_sample;
`;

export const migration: Migration = { name: '20261122-3003-create-reviews-and-catalogues', up, down };
