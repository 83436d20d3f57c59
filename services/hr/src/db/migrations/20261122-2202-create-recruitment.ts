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
create table staff_qualification (${identity},
  staff_id uuid not null,
  born_on_sealed text not null,
  born_on_masked text not null,
  education text not null,
  field_code text,
  experience_years int not null check (experience_years >= 0),
  language_codes text[] not null,
  verified_on date not null,
  unique (tenant_id, staff_id),
  ${inCommunity}, ${ofStaff}
);
${tenantTableSql('staff_qualification')}

create table vacancy (${identity},
  position_id uuid not null,
  position_code text not null,
  department_id uuid not null,
  opening_count int not null check (opening_count > 0),
  filled_count int not null check (filled_count between 0 and opening_count),
  closes_on date not null,
  status text not null check (status in ('OPEN', 'FILLED', 'CLOSED')),
  ended_because text,
  check ((status = 'CLOSED') = (ended_because is not null)),
  check ((status = 'FILLED') = (filled_count = opening_count)),
  ${inCommunity},
  foreign key (tenant_id, position_id) references staff_position (tenant_id, id),
  foreign key (tenant_id, department_id) references department (tenant_id, id)
);
create index vacancy_of_position on vacancy (tenant_id, position_id, community_id);
${tenantTableSql('vacancy')}

create table job_application (${identity},
  vacancy_id uuid not null,
  name_sealed text,
  name_masked text,
  phone_sealed text,
  phone_masked text,
  born_on_sealed text,
  education text not null,
  field_code text,
  experience_years int not null check (experience_years >= 0),
  language_codes text[] not null,
  certificate_kinds text[] not null,
  interviewed_on date,
  interviewer_id uuid,
  interview_score int check (interview_score between 0 and 100),
  interview_note_sealed text,
  status text not null check (status in ('RECEIVED', 'INTERVIEWED', 'HIRED', 'REJECTED', 'WITHDRAWN')),
  ended_because text,
  staff_id uuid,
  decided_at timestamptz,
  check ((status = 'HIRED') = (staff_id is not null)),
  check ((status in ('REJECTED', 'WITHDRAWN')) = (ended_because is not null)),
  check ((status in ('RECEIVED', 'INTERVIEWED')) = (decided_at is null)),
  check ((interviewed_on is null) = (interview_score is null)),
  ${inCommunity}, ${ofStaff},
  foreign key (tenant_id, vacancy_id) references vacancy (tenant_id, id),
  foreign key (tenant_id, interviewer_id) references staff (tenant_id, id)
);
create index job_application_of_vacancy on job_application (tenant_id, vacancy_id);
${tenantTableSql('job_application')}

-- Days are half-open [starts_on, ends_on); a staff member has one probation at a time.
create table probation_review (${identity},
  staff_id uuid not null,
  position_code text not null,
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  status text not null check (status in ('OPEN', 'PASSED', 'FAILED')),
  late_count int check (late_count >= 0),
  early_count int check (early_count >= 0),
  decided_at timestamptz,
  check ((status = 'OPEN') = (decided_at is null)),
  ${inCommunity}, ${ofStaff}
);
create unique index probation_review_open on probation_review (tenant_id, staff_id) where status = 'OPEN';
${tenantTableSql('probation_review')}
`;

const down = `
drop table probation_review, job_application, vacancy, staff_qualification;
`;

export const migration: Migration = { name: '20261122-2202-create-recruitment', up, down };
