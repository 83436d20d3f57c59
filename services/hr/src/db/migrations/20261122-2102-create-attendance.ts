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
create table attendance_record (${identity},
  shift_id uuid not null unique,
  staff_id uuid not null,
  worked_on date not null,
  outcome text not null check (outcome in ('PRESENT', 'ABSENT', 'ON_LEAVE')),
  status text not null check (status in ('OPEN', 'CLOSED', 'REVIEWED')),
  clocked_in_at timestamptz,
  clocked_out_at timestamptz check (clocked_out_at >= clocked_in_at),
  is_in_time_for_handover boolean,
  late_minutes int not null check (late_minutes >= 0),
  early_minutes int not null check (early_minutes >= 0),
  waited_minutes int not null check (waited_minutes >= 0),
  close_out_codes text[] not null,
  check ((outcome = 'PRESENT') = (clocked_in_at is not null)),
  ${inCommunity}, ${references('shift_id', 'duty_shift')}, ${references('staff_id', 'staff')}
);
create index attendance_record_of_month on attendance_record (tenant_id, community_id, worked_on, staff_id);
create index attendance_record_of_staff on attendance_record (tenant_id, staff_id, worked_on);
${tenantTableSql('attendance_record')}

-- What the events of work-orders and complaints tell of what is still to be done.
create table duty_open_item (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  kind text not null check (kind in ('WORK_ORDER', 'COMPLAINT')),
  number text not null,
  is_urgent boolean not null,
  opened_at timestamptz not null,
  is_open boolean not null
);
create index duty_open_item_open on duty_open_item (tenant_id, community_id, opened_at) where is_open;
create index duty_open_item_received on duty_open_item (tenant_id, community_id, opened_at);
${tenantTableSql('duty_open_item')}

create table shift_handover (${identity},
  outgoing_shift_id uuid not null unique,
  incoming_shift_id uuid not null,
  outgoing_staff_id uuid not null,
  incoming_staff_id uuid not null check (incoming_staff_id <> outgoing_staff_id),
  status text not null check (status in ('OPEN', 'ACCEPTED')),
  is_cleaning_passed boolean,
  shortcomings_sealed text,
  patrol_sealed text,
  tools_counted_at timestamptz,
  accepted_at timestamptz,
  accepted_items jsonb,
  check ((status = 'ACCEPTED') = (accepted_at is not null)),
  check (status <> 'ACCEPTED' or (is_cleaning_passed and tools_counted_at is not null and accepted_items is not null)),
  ${inCommunity}, ${references('outgoing_shift_id', 'duty_shift')}, ${references('incoming_shift_id', 'duty_shift')},
  ${references('outgoing_staff_id', 'staff')}, ${references('incoming_staff_id', 'staff')}
);
create index shift_handover_accepted on shift_handover (tenant_id, community_id, accepted_at desc);
${tenantTableSql('shift_handover')}

create table shift_handover_note (
  id uuid primary key,
  tenant_id uuid not null,
  handover_id uuid not null,
  kind text not null check (kind in ('LEFT_OVER', 'ATTENTION', 'REPAIR', 'COMPLAINT', 'MAJOR_EVENT')),
  reason_code text,
  item_id uuid,
  text_sealed text not null,
  check (kind <> 'LEFT_OVER' or reason_code is not null),
  ${references('handover_id', 'shift_handover')}
);
create index shift_handover_note_of_handover on shift_handover_note (handover_id);
${tenantTableSql('shift_handover_note', { appendOnly: true })}

create table shift_handover_tool (
  handover_id uuid not null,
  tenant_id uuid not null,
  tool_code text not null,
  expected_count int not null check (expected_count >= 0),
  counted_count int not null check (counted_count >= 0),
  liable_staff_id uuid,
  primary key (handover_id, tool_code),
  check ((counted_count < expected_count) = (liable_staff_id is not null)),
  ${references('handover_id', 'shift_handover')}, ${references('liable_staff_id', 'staff')}
);
${tenantTableSql('shift_handover_tool')}

create table shift_substitution (${identity},
  shift_id uuid not null,
  absent_staff_id uuid not null,
  substitute_id uuid check (substitute_id <> absent_staff_id),
  reason_code text not null,
  status text not null check (status in ('REQUESTED', 'ARRANGED', 'ENDED')),
  away_from timestamptz,
  away_to timestamptz check (away_to >= away_from),
  check (status <> 'ARRANGED' or substitute_id is not null),
  ${inCommunity}, ${references('shift_id', 'duty_shift')}, ${references('absent_staff_id', 'staff')},
  ${references('substitute_id', 'staff')}
);
-- A shift has one at a time.
create unique index shift_substitution_open on shift_substitution (shift_id) where status <> 'ENDED';
${tenantTableSql('shift_substitution')}

create table shift_swap (${identity},
  shift_id uuid not null,
  other_shift_id uuid,
  requester_id uuid not null,
  colleague_id uuid not null check (colleague_id <> requester_id),
  status text not null check (status in ('REQUESTED', 'AGREED', 'APPROVED', 'DECLINED', 'REJECTED', 'WITHDRAWN')),
  decided_at timestamptz,
  ${inCommunity}, ${references('shift_id', 'duty_shift')}, ${references('other_shift_id', 'duty_shift')},
  ${references('requester_id', 'staff')}, ${references('colleague_id', 'staff')}
);
create unique index shift_swap_open on shift_swap (shift_id) where status in ('REQUESTED', 'AGREED');
${tenantTableSql('shift_swap')}

create table daily_duty_review (${identity},
  review_on date not null,
  status text not null check (status in ('OPEN', 'COMPLETED')),
  received_count int not null check (received_count >= 0),
  completed_at timestamptz,
  unique (tenant_id, community_id, review_on),
  check ((status = 'COMPLETED') = (completed_at is not null)),
  ${inCommunity}
);
${tenantTableSql('daily_duty_review')}
`;

const down = `
drop table daily_duty_review, shift_swap, shift_substitution, shift_handover_tool, shift_handover_note, shift_handover,
  duty_open_item, attendance_record;
`;

export const migration: Migration = { name: '20261122-2102-create-attendance', up, down };
