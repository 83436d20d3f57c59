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
create table staff_meeting (${identity},
  kind text not null check (kind in ('DEPARTMENT', 'OFFICE', 'TEAM', 'OTHER')),
  department_id uuid,
  team_id uuid,
  chair_id uuid,
  meeting_on date not null,
  is_regular boolean not null,
  status text not null check (status in ('PLANNED', 'HELD', 'CANCELLED')),
  agenda_sealed text,
  minutes_sealed text,
  held_at timestamptz,
  check (kind <> 'DEPARTMENT' or department_id is not null),
  check ((kind = 'TEAM') = (team_id is not null)),
  check ((status = 'HELD') = (held_at is not null)),
  check (status <> 'HELD' or (agenda_sealed is not null and minutes_sealed is not null)),
  ${inCommunity}, ${references('department_id', 'department')}, ${references('team_id', 'team')},
  ${references('chair_id', 'staff')}
);
-- The weekly round has each meeting once.
create unique index staff_meeting_regular on staff_meeting (tenant_id, community_id, kind, meeting_on,
  coalesce(team_id, department_id, '00000000-0000-0000-0000-000000000000')) where is_regular;
${tenantTableSql('staff_meeting')}

create table staff_meeting_attendance (
  meeting_id uuid not null,
  staff_id uuid not null,
  tenant_id uuid not null,
  answer text not null check (answer in ('PRESENT', 'ABSENT', 'EXCUSED')),
  primary key (meeting_id, staff_id),
  ${references('meeting_id', 'staff_meeting')}, ${references('staff_id', 'staff')}
);
create index staff_meeting_attendance_of_staff on staff_meeting_attendance (tenant_id, staff_id);
${tenantTableSql('staff_meeting_attendance', { appendOnly: true })}

create table quality_review (${identity},
  month text not null check (month ~ '^\\d{4}-\\d{2}$'),
  figures jsonb not null check (jsonb_typeof(figures) = 'array'),
  status text not null check (status in ('OPEN', 'SUBMITTED', 'APPROVED', 'CLOSED')),
  analysis_sealed text,
  remedies_sealed text,
  submitted_by text,
  approved_at timestamptz,
  closed_at timestamptz check (closed_at >= approved_at),
  unique (tenant_id, community_id, month),
  check (status = 'OPEN' or (analysis_sealed is not null and remedies_sealed is not null and submitted_by is not null)),
  check ((status in ('APPROVED', 'CLOSED')) = (approved_at is not null)),
  check ((status = 'CLOSED') = (closed_at is not null)),
  ${inCommunity}
);
${tenantTableSql('quality_review')}

-- What events of other services tell of the quality of a month, by the month of the community's calendar.
create table quality_tally (
  tenant_id uuid not null,
  community_id uuid not null,
  month text not null,
  code text not null,
  count int not null check (count > 0),
  primary key (community_id, month, code)
);
${tenantTableSql('quality_tally')}

create table follow_up (${identity},
  meeting_id uuid,
  review_id uuid,
  staff_id uuid not null,
  description_sealed text not null,
  due_on date not null,
  status text not null check (status in ('OPEN', 'DONE', 'CANCELLED')),
  result_sealed text,
  completed_at timestamptz,
  check ((meeting_id is null) <> (review_id is null)),
  check ((status = 'DONE') = (completed_at is not null)),
  check (status <> 'DONE' or result_sealed is not null),
  ${inCommunity}, ${references('meeting_id', 'staff_meeting')}, ${references('review_id', 'quality_review')},
  ${references('staff_id', 'staff')}
);
create index follow_up_of_staff on follow_up (tenant_id, staff_id, status, due_on);
create index follow_up_of_meeting on follow_up (meeting_id) where meeting_id is not null;
create index follow_up_of_review on follow_up (review_id) where review_id is not null;
${tenantTableSql('follow_up')}
`;

const down = `
drop table follow_up, quality_tally, quality_review, staff_meeting_attendance, staff_meeting;
`;

export const migration: Migration = { name: '20261122-2302-create-staff-meetings', up, down };
