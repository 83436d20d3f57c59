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
create table training_plan (${identity},
  department_id uuid not null,
  month text not null check (month ~ '^\\d{4}-\\d{2}$'),
  entries jsonb not null check (jsonb_typeof(entries) = 'array'),
  status text not null check (status in ('DRAFT', 'SUBMITTED', 'APPROVED', 'WITHDRAWN')),
  submitted_by text,
  approved_at timestamptz,
  check ((status = 'APPROVED') = (approved_at is not null)),
  check (status not in ('SUBMITTED', 'APPROVED') or submitted_by is not null),
  ${inCommunity}, ${references('department_id', 'department')}
);
-- A department has one plan of a month.
create unique index training_plan_of_month on training_plan (tenant_id, community_id, department_id, month)
  where status <> 'WITHDRAWN';
${tenantTableSql('training_plan')}

create table controlled_document (${identity},
  title_sealed text not null,
  kind_code text not null,
  secrecy text not null check (secrecy in ('PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'SECRET')),
  audience_roles text[] not null,
  is_training_needed boolean not null,
  status text not null check (status in ('DRAFT', 'SUBMITTED', 'IN_FORCE', 'WITHDRAWN')),
  latest_version int not null check (latest_version > 0),
  version_in_force int check (version_in_force between 1 and latest_version),
  submitted_by text,
  review_on date,
  archive_number text,
  archived_version int check (archived_version <= latest_version),
  archived_at timestamptz,
  check (status <> 'IN_FORCE' or (version_in_force = latest_version and review_on is not null)),
  check (status <> 'SUBMITTED' or submitted_by is not null),
  check ((archived_at is not null) = (archive_number is not null and archived_version is not null)),
  ${inCommunity}
);
${tenantTableSql('controlled_document')}

create table controlled_document_version (
  id uuid primary key,
  tenant_id uuid not null,
  document_id uuid not null,
  version_number int not null check (version_number > 0),
  body_sealed text not null,
  body_sha256 text not null check (body_sha256 ~ '^[0-9a-f]{64}$'),
  secrecy text not null check (secrecy in ('PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'SECRET')),
  change_note_sealed text,
  effective_on date,
  published_at timestamptz,
  unique (document_id, version_number),
  check ((effective_on is null) = (published_at is null)),
  ${references('document_id', 'controlled_document')}
);
${tenantTableSql('controlled_document_version')}

-- What was published is what people acknowledged: its words stay.
create function refuse_published_version() returns trigger language plpgsql as $$
begin
  if old.published_at is not null then
    raise exception 'a published version of a document does not change';
  end if;
  return new;
end $$;
create trigger controlled_document_version_final before update on controlled_document_version
  for each row execute function refuse_published_version();

-- Who may read a document without being cleared by office; to the end of the last day.
create table controlled_document_reader (
  document_id uuid not null,
  staff_id uuid not null,
  tenant_id uuid not null,
  last_on date not null,
  primary key (document_id, staff_id),
  ${references('document_id', 'controlled_document')}, ${references('staff_id', 'staff')}
);
create index controlled_document_reader_of_staff on controlled_document_reader (tenant_id, staff_id);
${tenantTableSql('controlled_document_reader')}

create table document_reading (${identity},
  document_id uuid not null,
  version_number int not null,
  staff_id uuid not null,
  due_on date not null,
  status text not null check (status in ('DUE', 'OPENED', 'ACKNOWLEDGED', 'CANCELLED')),
  opened_at timestamptz,
  acknowledged_at timestamptz check (acknowledged_at >= opened_at),
  unique (document_id, version_number, staff_id),
  check (status not in ('OPENED', 'ACKNOWLEDGED') or opened_at is not null),
  check ((status = 'ACKNOWLEDGED') = (acknowledged_at is not null)),
  ${inCommunity}, ${references('document_id', 'controlled_document')}, ${references('staff_id', 'staff')}
);
create index document_reading_of_staff on document_reading (tenant_id, staff_id, status);
create index document_reading_open on document_reading (tenant_id, community_id) where status in ('DUE', 'OPENED');
${tenantTableSql('document_reading')}

create table training_session (${identity},
  plan_id uuid,
  department_id uuid not null,
  team_id uuid,
  document_id uuid,
  kind text not null check (kind in ('BUSINESS', 'INTENSIVE', 'INDUCTION', 'STANDARD', 'OTHER')),
  topic text not null check (topic <> ''),
  topic_codes text[] not null,
  trainer_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  starts_on date not null,
  status text not null check (status in ('PLANNED', 'HELD', 'CANCELLED')),
  pass_mark int check (pass_mark between 1 and 100),
  present_count int not null check (present_count >= 0),
  check ((status = 'HELD') = (pass_mark is not null)),
  check ((status = 'HELD') = (present_count > 0)),
  check ((kind = 'STANDARD') = (document_id is not null)),
  ${inCommunity}, ${references('plan_id', 'training_plan')}, ${references('department_id', 'department')},
  ${references('team_id', 'team')},
  ${references('document_id', 'controlled_document')}, ${references('trainer_id', 'staff')}
);
create index training_session_of_department on training_session (tenant_id, community_id, department_id, starts_on);
create index training_session_of_document on training_session (document_id) where document_id is not null;
${tenantTableSql('training_session')}

create table training_attendance (
  session_id uuid not null,
  staff_id uuid not null,
  tenant_id uuid not null,
  answer text not null check (answer in ('PRESENT', 'ABSENT', 'EXCUSED')),
  score int check (score between 0 and 100),
  attempt_count int not null check (attempt_count >= 0),
  is_passed boolean,
  induction_id uuid,
  primary key (session_id, staff_id),
  check (attempt_count = 0 or answer = 'PRESENT'),
  check ((attempt_count > 0) = (score is not null)),
  check ((attempt_count > 0) = (is_passed is not null)),
  ${references('session_id', 'training_session')}, ${references('staff_id', 'staff')}
);
create index training_attendance_of_staff on training_attendance (tenant_id, staff_id);
${tenantTableSql('training_attendance')}

create table training_quota (${identity},
  department_id uuid not null,
  period text not null check (period in ('WEEK', 'MONTH')),
  kind text not null check (kind in ('BUSINESS', 'INTENSIVE')),
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  needed_count int not null check (needed_count > 0),
  held_count int not null check (held_count >= 0),
  status text not null check (status in ('OPEN', 'MET', 'SHORT')),
  unique (tenant_id, community_id, department_id, period, starts_on),
  check ((status = 'MET') = (held_count >= needed_count)),
  ${inCommunity}, ${references('department_id', 'department')}
);
${tenantTableSql('training_quota')}
`;

const down = `
drop table training_quota, training_attendance, training_session, document_reading, controlled_document_reader,
  controlled_document_version, controlled_document, training_plan;
drop function refuse_published_version;
`;

export const migration: Migration = { name: '20261122-2301-create-training', up, down };
