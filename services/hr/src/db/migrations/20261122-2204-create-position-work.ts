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

const ofStaff = 'foreign key (tenant_id, staff_id) references staff (tenant_id, id)';

const up = `
create unique index staff_post_id on staff_post (tenant_id, id);

create table position_duty_sheet (${identity},
  staff_id uuid not null,
  post_id uuid not null,
  position_code text not null,
  cycle text not null check (cycle in ('DAILY', 'WEEKLY', 'MONTHLY')),
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  status text not null check (status in ('OPEN', 'COMPLETED', 'CANCELLED')),
  completed_at timestamptz,
  check ((status = 'COMPLETED') = (completed_at is not null)),
  unique (tenant_id, post_id, cycle, starts_on),
  ${inCommunity}, ${ofStaff},
  foreign key (tenant_id, post_id) references staff_post (tenant_id, id)
);
create index position_duty_sheet_of_staff on position_duty_sheet (tenant_id, staff_id, status);
${tenantTableSql('position_duty_sheet')}

create table position_kpi_review (${identity},
  position_code text not null,
  month text not null check (month ~ '^\\d{4}-\\d{2}$'),
  results jsonb not null check (jsonb_typeof(results) = 'array'),
  is_met boolean not null,
  status text not null check (status in ('RECORDED', 'CORRECTED')),
  unique (tenant_id, community_id, position_code, month),
  ${inCommunity}
);
${tenantTableSql('position_kpi_review')}

create table post_rotation (${identity},
  staff_id uuid not null,
  post_id uuid not null,
  position_code text not null,
  started_on date not null,
  due_on date not null check (due_on > started_on),
  next_position_code text,
  status text not null check (status in ('OPEN', 'ROTATED', 'CANCELLED')),
  check ((status = 'ROTATED') = (next_position_code is not null)),
  unique (tenant_id, post_id),
  ${inCommunity}, ${ofStaff},
  foreign key (tenant_id, post_id) references staff_post (tenant_id, id)
);
create index post_rotation_of_staff on post_rotation (tenant_id, staff_id);
${tenantTableSql('post_rotation')}

create table post_handover (${identity},
  staff_id uuid not null,
  successor_id uuid not null,
  witness_id uuid not null,
  post_id uuid not null,
  position_code text not null,
  status text not null check (status in ('OPEN', 'ACCEPTED')),
  accepted_at timestamptz,
  check ((status = 'ACCEPTED') = (accepted_at is not null)),
  check (staff_id <> successor_id and staff_id <> witness_id and successor_id <> witness_id),
  unique (tenant_id, post_id),
  ${inCommunity}, ${ofStaff},
  foreign key (tenant_id, successor_id) references staff (tenant_id, id),
  foreign key (tenant_id, witness_id) references staff (tenant_id, id),
  foreign key (tenant_id, post_id) references staff_post (tenant_id, id)
);
${tenantTableSql('post_handover')}
`;

const down = `
drop table post_handover, post_rotation, position_kpi_review, position_duty_sheet;
drop index staff_post_id;
`;

export const migration: Migration = { name: '20261122-2204-create-position-work', up, down };
