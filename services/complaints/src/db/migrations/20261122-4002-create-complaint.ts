import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create table complaint (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  received_at timestamptz not null check (received_at <= created_at),
  occurred_at timestamptz not null check (occurred_at <= created_at),
  status text not null check (status in ('RECEIVED', 'REFERRED', 'HANDLING', 'RESOLVED', 'ARCHIVED', 'WITHDRAWN')),
  nature text not null check (nature in ('COMPLAINT', 'SUGGESTION', 'REQUEST')),
  grade text not null check (grade in ('MAJOR', 'IMPORTANT', 'MINOR')),
  effects text[] not null,
  channel_code text not null,
  category_code text not null,
  department_code text not null,
  department_codes text[] not null check (department_code = any(department_codes)),
  place_id uuid,
  unit_id uuid,
  building_id uuid,
  household_id uuid,
  complainant_id uuid,
  respondent_id uuid,
  handler_id uuid check (handler_id <> respondent_id),
  contact_name_sealed text,
  contact_name_masked text,
  contact_phone_sealed text,
  contact_phone_masked text,
  contact_phone_index text,
  respondent_sealed text,
  location_sealed text,
  summary_sealed text not null,
  course_sealed text,
  demand_sealed text,
  wanted_until timestamptz,
  due_at timestamptz,
  is_harm_ongoing boolean not null,
  harm_stopped_at timestamptz,
  is_agitated boolean not null,
  referral_reason_code text,
  referred_at timestamptz,
  decided_at timestamptz,
  contacted_at timestamptz,
  responsibility text check (responsibility in ('COMPANY', 'RESIDENT', 'SEVERAL_DEPARTMENTS', 'NONE')),
  is_valid boolean,
  help_sealed text,
  done_steps text[] not null,
  open_form_count int not null check (open_form_count >= 0),
  open_repair_count int not null check (open_repair_count >= 0),
  open_remedy_count int not null check (open_remedy_count >= 0),
  remedy_amount bigint not null check (remedy_amount >= 0),
  currency text not null,
  answered_at timestamptz,
  result_sealed text,
  resolved_at timestamptz,
  told_at timestamptz,
  return_visit_outcome text check (return_visit_outcome in ('SATISFIED', 'UNREACHABLE')),
  return_visited_at timestamptz,
  return_visit_attempts int not null,
  rating int check (rating between 1 and 5),
  reopen_count int not null,
  archived_at timestamptz,
  withdrawn_at timestamptz,
  withdraw_reason_code text,
  source_system text,
  source_key text,
  source_status text,
  source_created_at timestamptz,
  source_closed_at timestamptz,
  unique (tenant_id, id),
  constraint complaint_number_unique unique (tenant_id, community_id, number),
  -- The rules of the domain, once more, for whatever else may write here.
  check (place_id is not null or location_sealed is not null),
  check ((is_valid is null) = (responsibility is null)),
  check (is_valid is distinct from false or help_sealed is not null),
  check (status not in ('RESOLVED', 'ARCHIVED') or (resolved_at is not null and result_sealed is not null)),
  check ((status = 'ARCHIVED') = (archived_at is not null)),
  check ((status = 'WITHDRAWN') = (withdrawn_at is not null)),
  check ((return_visit_outcome is null) = (return_visited_at is null)),
  check (return_visit_outcome is null or told_at is not null),
  check ((source_system is null) = (source_key is null)),
  check (source_key is not null or (contact_name_sealed is not null and course_sealed is not null
    and demand_sealed is not null))
);

-- A request of another system is taken in once.
create unique index complaint_source on complaint (tenant_id, source_system, source_key) where source_key is not null;

-- Lists are read by keyset; each index ends with what they are sorted by.
create index complaint_received on complaint (tenant_id, received_at, id);
create index complaint_of_community on complaint (community_id, received_at, id);
create index complaint_by_status on complaint (community_id, status, received_at, id);
create index complaint_by_grade on complaint (community_id, grade, received_at, id);
create index complaint_by_category on complaint (community_id, category_code, building_id, received_at);
create index complaint_due on complaint (community_id, due_at, id) where due_at is not null;
create index complaint_of_household on complaint (household_id, received_at, id) where household_id is not null;
create index complaint_of_complainant on complaint (complainant_id, received_at, id) where complainant_id is not null;
create index complaint_of_unit on complaint (unit_id, received_at, id) where unit_id is not null;
create index complaint_of_building on complaint (building_id, received_at, id) where building_id is not null;
create index complaint_of_handler on complaint (handler_id, status, received_at, id) where handler_id is not null;
create index complaint_resolved on complaint (community_id, resolved_at) where resolved_at is not null;
create index complaint_of_phone on complaint (tenant_id, contact_phone_index) where contact_phone_index is not null;
create index complaint_number on complaint (tenant_id, number text_pattern_ops);
${tenantTableSql('complaint')}
revoke delete on complaint from {{service}};

create table complaint_contact_form (
  id uuid primary key,
  tenant_id uuid not null,
  complaint_id uuid not null,
  round int not null check (round >= 1),
  department_code text not null,
  content_sealed text not null,
  issued_at timestamptz not null,
  state text not null check (state in ('ISSUED', 'ANSWERED', 'REORDERED')),
  answered_at timestamptz,
  answered_by uuid,
  answer_sealed text,
  check ((state = 'ISSUED') = (answered_at is null)),
  check ((answered_at is null) = (answer_sealed is null)),
  foreign key (tenant_id, complaint_id) references complaint (tenant_id, id)
);
create index complaint_contact_form_of_complaint on complaint_contact_form (complaint_id, issued_at);
create unique index complaint_contact_form_open on complaint_contact_form (complaint_id, department_code)
  where state = 'ISSUED';
${tenantTableSql('complaint_contact_form')}
revoke delete on complaint_contact_form from {{service}};

create table complaint_step (
  id uuid primary key,
  tenant_id uuid not null,
  complaint_id uuid not null,
  kind text not null check (kind in ('CONTACT', 'APOLOGY', 'EXPLANATION', 'MEDIATION', 'SITE_MEETING',
    'SEPARATE_RECEPTION', 'HARM_STOPPED', 'ANSWER', 'RESULT_TOLD')),
  means text check (means in ('PHONE', 'IN_PERSON', 'MESSAGE', 'LETTER')),
  department_codes text[] not null,
  occurred_at timestamptz not null,
  recorded_by uuid,
  note_sealed text,
  foreign key (tenant_id, complaint_id) references complaint (tenant_id, id)
);
create index complaint_step_of_complaint on complaint_step (complaint_id, occurred_at);
${tenantTableSql('complaint_step', { appendOnly: true })}

create table complaint_remedy (
  id uuid primary key,
  tenant_id uuid not null,
  complaint_id uuid not null,
  description_sealed text not null,
  cost_amount bigint not null check (cost_amount >= 0),
  currency text not null,
  planned_on date,
  state text not null check (state in ('PROPOSED', 'CHOSEN', 'AWAITING_APPROVAL', 'REJECTED')),
  approval_id uuid,
  proposed_at timestamptz not null,
  check (state not in ('AWAITING_APPROVAL', 'REJECTED') or approval_id is not null),
  foreign key (tenant_id, complaint_id) references complaint (tenant_id, id)
);
create index complaint_remedy_of_complaint on complaint_remedy (complaint_id, proposed_at);
${tenantTableSql('complaint_remedy')}

create table complaint_repair (
  id uuid primary key,
  tenant_id uuid not null,
  complaint_id uuid not null,
  place_id uuid not null,
  trade_code text not null,
  problem_code text not null,
  is_emergency boolean not null,
  state text not null check (state in ('REQUESTED', 'ORDERED', 'DONE', 'CANCELLED')),
  work_order_id uuid,
  requested_at timestamptz not null,
  closed_at timestamptz,
  check ((state = 'REQUESTED') = (work_order_id is null)),
  check ((state in ('DONE', 'CANCELLED')) = (closed_at is not null)),
  foreign key (tenant_id, complaint_id) references complaint (tenant_id, id)
);
create index complaint_repair_of_complaint on complaint_repair (complaint_id, requested_at);
create unique index complaint_repair_of_order on complaint_repair (tenant_id, work_order_id)
  where work_order_id is not null;
${tenantTableSql('complaint_repair')}

create table complaint_remark (
  id uuid primary key,
  tenant_id uuid not null,
  complaint_id uuid not null,
  action text not null,
  actor_kind text not null check (actor_kind in ('staff', 'person', 'system')),
  actor_id uuid,
  made_at timestamptz not null,
  text_sealed text not null,
  foreign key (tenant_id, complaint_id) references complaint (tenant_id, id)
);
create index complaint_remark_of_complaint on complaint_remark (complaint_id, made_at);
${tenantTableSql('complaint_remark', { appendOnly: true })}

create table complaint_photo (
  id uuid primary key,
  tenant_id uuid not null,
  complaint_id uuid not null,
  file_id uuid not null,
  foreign key (tenant_id, complaint_id) references complaint (tenant_id, id)
);
create index complaint_photo_of_complaint on complaint_photo (complaint_id);
${tenantTableSql('complaint_photo', { appendOnly: true })}
`;

const down = `
drop table complaint_photo, complaint_remark, complaint_repair, complaint_remedy, complaint_step,
  complaint_contact_form, complaint;
`;

export const migration: Migration = { name: '20261122-4002-create-complaint', up, down };
