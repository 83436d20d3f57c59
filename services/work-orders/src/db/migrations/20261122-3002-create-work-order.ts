import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create table work_order (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  received_at timestamptz not null check (received_at <= created_at),
  status text not null check (status in
    ('RECEIVED', 'ASSIGNED', 'ON_SITE', 'PAUSED', 'COMPLETED', 'ACCEPTED', 'CLOSED', 'CANCELLED')),
  priority text not null check (priority in ('EMERGENCY', 'NORMAL')),
  channel_code text not null,
  trade_code text not null,
  problem_code text not null,
  part text not null check (part in ('AS_DELIVERED', 'OWN_FIT_OUT', 'CONTRACTED_EQUIPMENT', 'COMMON')),
  department_code text not null,
  place_id uuid not null,
  unit_id uuid,
  building_id uuid,
  household_id uuid,
  requester_id uuid,
  contact_name_sealed text,
  contact_name_masked text,
  contact_phone_sealed text,
  contact_phone_masked text,
  contact_phone_index text,
  description_sealed text not null,
  convenient_from timestamptz,
  convenient_to timestamptz,
  appointment_at timestamptz,
  assignee_id uuid,
  contractor_id uuid,
  dispatch_count int not null check (dispatch_count >= 0),
  assigned_at timestamptz,
  arrived_at timestamptz,
  completed_at timestamptz,
  due_at timestamptz,
  completion_note_sealed text,
  paused_at timestamptz,
  paused_until timestamptz,
  pause_reason_code text,
  status_before_pause text,
  responsible_party text not null check (responsible_party in
    ('OWN_FIT_OUT', 'DEVELOPER_WARRANTY', 'EQUIPMENT_CONTRACTOR', 'OWN_STAFF')),
  responsibility_basis text not null,
  warranty_ends_on date,
  is_paid boolean not null,
  agreed_quote_id uuid,
  agreed_fee_amount bigint check (agreed_fee_amount >= 0),
  currency text not null,
  charge_state text not null check (charge_state in ('NONE', 'REQUESTED', 'RAISED', 'SETTLED', 'REVERSED')),
  charge_id uuid,
  return_visit_kind text not null check (return_visit_kind in ('SAFETY', 'LEAK', 'OTHER')),
  water_tested_at timestamptz,
  accepted_at timestamptz,
  return_visit_outcome text check (return_visit_outcome in ('SATISFIED', 'UNSATISFIED', 'UNREACHABLE')),
  return_visited_at timestamptz,
  return_visit_attempts int not null,
  rework_count int not null,
  opinion_rating int check (opinion_rating between 1 and 5),
  opinion_sealed text,
  urge_count int not null,
  urged_at timestamptz,
  closed_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason_code text,
  source_system text,
  source_key text,
  source_status text,
  source_created_at timestamptz,
  source_closed_at timestamptz,
  unique (tenant_id, id),
  constraint work_order_number_unique unique (tenant_id, community_id, number),
  -- The rules of the domain, once more, for whatever else may write here.
  check (convenient_from < convenient_to),
  check ((status in ('RECEIVED', 'CANCELLED')) or assignee_id is not null),
  check ((status = 'PAUSED') = (paused_until is not null)),
  check (status not in ('COMPLETED', 'ACCEPTED', 'CLOSED') or completed_at is not null),
  check (status not in ('ACCEPTED', 'CLOSED') or accepted_at is not null),
  check ((status = 'CLOSED') = (closed_at is not null)),
  check (status <> 'CLOSED' or return_visit_outcome is not null),
  check ((status = 'CANCELLED') = (cancelled_at is not null)),
  check ((return_visit_outcome is null) = (return_visited_at is null)),
  check ((agreed_quote_id is null) = (agreed_fee_amount is null)),
  check (charge_state = 'NONE' or agreed_quote_id is not null),
  check ((source_system is null) = (source_key is null)),
  -- A leak is visited only after it was tested.
  check (return_visit_outcome is null or return_visit_kind <> 'LEAK' or water_tested_at is not null)
);

-- A request of another system is taken in once.
create unique index work_order_source on work_order (tenant_id, source_system, source_key) where source_key is not null;

-- Lists are read by keyset; each index ends with what they are sorted by.
create index work_order_received on work_order (tenant_id, received_at, id);
create index work_order_of_community on work_order (community_id, received_at, id);
create index work_order_by_status on work_order (community_id, status, received_at, id);
create index work_order_by_trade on work_order (community_id, trade_code, received_at, id);
create index work_order_due on work_order (community_id, due_at, id) where due_at is not null;
create index work_order_of_household on work_order (household_id, received_at, id) where household_id is not null;
create index work_order_of_unit on work_order (unit_id, received_at, id) where unit_id is not null;
create index work_order_of_building on work_order (building_id, received_at, id) where building_id is not null;
create index work_order_of_assignee on work_order (assignee_id, status, received_at, id) where assignee_id is not null;
create index work_order_completed on work_order (community_id, completed_at) where completed_at is not null;
create index work_order_of_phone on work_order (tenant_id, contact_phone_index) where contact_phone_index is not null;
create index work_order_number on work_order (tenant_id, number text_pattern_ops);
${tenantTableSql('work_order')}
revoke delete on work_order from {{service}};

create table work_order_photo (
  id uuid primary key,
  tenant_id uuid not null,
  work_order_id uuid not null,
  kind text not null check (kind in ('BEFORE', 'AFTER')),
  file_id uuid not null,
  foreign key (tenant_id, work_order_id) references work_order (tenant_id, id)
);
create index work_order_photo_of_order on work_order_photo (work_order_id);
${tenantTableSql('work_order_photo', { appendOnly: true })}

create table work_order_material (
  id uuid primary key,
  tenant_id uuid not null,
  work_order_id uuid not null,
  name text not null,
  code text,
  quantity numeric not null check (quantity > 0),
  unit text not null,
  recorded_at timestamptz not null,
  foreign key (tenant_id, work_order_id) references work_order (tenant_id, id)
);
create index work_order_material_of_order on work_order_material (work_order_id);
${tenantTableSql('work_order_material', { appendOnly: true })}

create table work_order_water_test (
  id uuid primary key,
  tenant_id uuid not null,
  work_order_id uuid not null,
  tested_at timestamptz not null,
  is_passed boolean not null,
  foreign key (tenant_id, work_order_id) references work_order (tenant_id, id)
);
create index work_order_water_test_of_order on work_order_water_test (work_order_id);
${tenantTableSql('work_order_water_test', { appendOnly: true })}

create table work_order_remark (
  id uuid primary key,
  tenant_id uuid not null,
  work_order_id uuid not null,
  action text not null,
  actor_kind text not null check (actor_kind in ('staff', 'person', 'system')),
  actor_id uuid,
  made_at timestamptz not null,
  text_sealed text not null,
  foreign key (tenant_id, work_order_id) references work_order (tenant_id, id)
);
create index work_order_remark_of_order on work_order_remark (work_order_id, made_at);
${tenantTableSql('work_order_remark', { appendOnly: true })}

create table work_order_quote (
  id uuid primary key,
  tenant_id uuid not null,
  work_order_id uuid not null,
  state text not null check (state in ('OFFERED', 'AGREED', 'DECLINED', 'REPLACED')),
  lines jsonb not null check (jsonb_array_length(lines) > 0),
  amount bigint not null check (amount >= 0),
  currency text not null,
  planned_at timestamptz not null,
  effect_sealed text not null,
  quoted_at timestamptz not null,
  manner text check (manner in ('ORAL', 'WRITTEN')),
  decided_at timestamptz,
  check (state <> 'AGREED' or manner is not null),
  foreign key (tenant_id, work_order_id) references work_order (tenant_id, id)
);
create index work_order_quote_of_order on work_order_quote (work_order_id, quoted_at);
create unique index work_order_quote_open on work_order_quote (work_order_id) where state in ('OFFERED', 'AGREED');
${tenantTableSql('work_order_quote')}
`;

const down = `
drop table work_order_quote, work_order_remark, work_order_water_test, work_order_material, work_order_photo, work_order;
`;

export const migration: Migration = { name: '20261122-3002-create-work-order', up, down };
