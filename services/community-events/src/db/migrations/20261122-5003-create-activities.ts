import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create table activity (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  status text not null check (status in
    ('PLANNED', 'SUBMITTED', 'APPROVED', 'UNDER_WAY', 'HELD', 'ARCHIVED', 'CANCELLED')),
  kind text not null check (kind in ('COMMUNITY', 'MERCHANT')),
  merchant_id uuid,
  organiser_id uuid not null,
  theme text,
  programme text[] not null,
  budget_amount bigint check (budget_amount >= 0),
  currency text not null,
  venue_id uuid,
  starts_at timestamptz,
  ends_at timestamptz,
  audience text,
  capacity int check (capacity >= 1),
  agenda text,
  department_codes text[] not null,
  is_without_prizes boolean not null,
  prize_count int not null check (prize_count >= 0),
  approval_id uuid,
  approved_at timestamptz,
  duty_count int not null check (duty_count >= 0),
  open_duty_count int not null check (open_duty_count between 0 and duty_count),
  started_at timestamptz,
  finished_at timestamptz,
  attendance_count int check (attendance_count >= 0),
  actual_amount bigint not null check (actual_amount >= 0),
  record_kinds text[] not null,
  archived_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason_code text,
  unique (tenant_id, id),
  constraint activity_number_unique unique (tenant_id, community_id, number),
  -- The rules of the domain, once more, for whatever else may write here.
  check ((kind = 'MERCHANT') = (merchant_id is not null)),
  check (starts_at < ends_at),
  check ((starts_at is null) = (ends_at is null)),
  check (status in ('PLANNED', 'CANCELLED') or (theme is not null and cardinality(programme) > 0
    and budget_amount is not null and venue_id is not null and starts_at is not null and audience is not null
    and capacity is not null and agenda is not null and cardinality(department_codes) > 0
    and (prize_count > 0 or is_without_prizes))),
  check ((status in ('APPROVED', 'UNDER_WAY', 'HELD', 'ARCHIVED')) <= (approved_at is not null)),
  check ((status in ('UNDER_WAY', 'HELD', 'ARCHIVED')) = (started_at is not null)),
  check ((status in ('HELD', 'ARCHIVED')) = (finished_at is not null)),
  check ((finished_at is null) = (attendance_count is null)),
  check ((status = 'ARCHIVED') = (archived_at is not null)),
  check ((status = 'CANCELLED') = (cancelled_at is not null)),
  foreign key (tenant_id, venue_id) references venue (tenant_id, id)
);
create index activity_of_community on activity (community_id, created_at, id);
create index activity_by_start on activity (community_id, starts_at, id) where starts_at is not null;
create index activity_by_status on activity (community_id, status, created_at, id);
${tenantTableSql('activity')}
revoke delete on activity from {{service}};

create table venue_booking (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  venue_id uuid not null,
  activity_id uuid,
  purpose text,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  status text not null check (status in ('BOOKED', 'RELEASED')),
  unique (tenant_id, id),
  constraint venue_booking_number_unique unique (tenant_id, community_id, number),
  check (starts_at < ends_at),
  check (activity_id is not null or purpose is not null),
  foreign key (tenant_id, venue_id) references venue (tenant_id, id),
  foreign key (tenant_id, activity_id) references activity (tenant_id, id),
  -- A venue is one party's at a time, whoever books.
  constraint venue_booking_no_clash exclude using gist (venue_id with =, tstzrange(starts_at, ends_at) with &&)
    where (status = 'BOOKED')
);
create index venue_booking_of_venue on venue_booking (venue_id, starts_at, id);
create index venue_booking_of_community on venue_booking (community_id, starts_at, id);
create unique index venue_booking_of_activity on venue_booking (activity_id) where status = 'BOOKED';
${tenantTableSql('venue_booking')}
revoke delete on venue_booking from {{service}};

create table activity_prize (
  id uuid primary key,
  tenant_id uuid not null,
  activity_id uuid not null,
  name text not null,
  quantity int not null check (quantity >= 1),
  awarded_count int not null check (awarded_count between 0 and quantity),
  foreign key (tenant_id, activity_id) references activity (tenant_id, id)
);
create index activity_prize_of_activity on activity_prize (activity_id);
${tenantTableSql('activity_prize')}

create table activity_duty (
  id uuid primary key,
  tenant_id uuid not null,
  activity_id uuid not null,
  department_code text not null,
  staff_id uuid,
  task text not null,
  resources text,
  confirmed_at timestamptz,
  confirmed_by uuid,
  foreign key (tenant_id, activity_id) references activity (tenant_id, id)
);
create index activity_duty_of_activity on activity_duty (activity_id);
${tenantTableSql('activity_duty')}

create table activity_cost (
  id uuid primary key,
  tenant_id uuid not null,
  activity_id uuid not null,
  purpose text not null,
  amount bigint not null check (amount <> 0),
  currency text not null,
  recorded_at timestamptz not null,
  foreign key (tenant_id, activity_id) references activity (tenant_id, id)
);
create index activity_cost_of_activity on activity_cost (activity_id, recorded_at);
${tenantTableSql('activity_cost', { appendOnly: true })}

create table activity_record (
  id uuid primary key,
  tenant_id uuid not null,
  activity_id uuid not null,
  kind text not null check (kind in ('NOTE', 'PHOTO', 'VIDEO')),
  file_id uuid,
  note_sealed text,
  recorded_at timestamptz not null,
  recorded_by uuid,
  check ((kind = 'NOTE') = (note_sealed is not null)),
  check ((kind = 'NOTE') = (file_id is null)),
  foreign key (tenant_id, activity_id) references activity (tenant_id, id)
);
create index activity_record_of_activity on activity_record (activity_id, recorded_at);
${tenantTableSql('activity_record', { appendOnly: true })}

create table activity_registration (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  activity_id uuid not null,
  status text not null check (status in ('REGISTERED', 'WAITING', 'CHECKED_IN', 'CANCELLED')),
  person_id uuid,
  household_id uuid,
  participant_count int not null check (participant_count >= 1),
  contact_name_sealed text,
  contact_name_masked text,
  contact_phone_sealed text,
  contact_phone_masked text,
  checked_in_at timestamptz,
  cancelled_at timestamptz,
  unique (tenant_id, id),
  constraint activity_registration_number_unique unique (tenant_id, community_id, number),
  check (person_id is not null or household_id is not null or contact_name_sealed is not null),
  check ((status = 'CHECKED_IN') = (checked_in_at is not null)),
  check ((status = 'CANCELLED') = (cancelled_at is not null)),
  foreign key (tenant_id, activity_id) references activity (tenant_id, id)
);
create index activity_registration_of_activity on activity_registration (activity_id, status, created_at, id);
create index activity_registration_of_person on activity_registration (person_id, created_at, id)
  where person_id is not null;
-- Nobody holds two places of one activity.
create unique index activity_registration_once on activity_registration (activity_id, person_id)
  where person_id is not null and status <> 'CANCELLED';
${tenantTableSql('activity_registration')}
revoke delete on activity_registration from {{service}};
`;

const down = `drop table venue_booking, activity_registration, activity_record, activity_cost, activity_duty, activity_prize, activity;`;

export const migration: Migration = { name: '20261122-5003-create-activities', up, down };
