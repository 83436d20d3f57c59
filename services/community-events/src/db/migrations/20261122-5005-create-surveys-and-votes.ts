import { tenantTableSql, type Migration } from '@steward/db';

const aggregate = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  unique (tenant_id, id)`;

const up = `
create table household_segment (
  household_id uuid primary key,
  tenant_id uuid not null,
  segment text not null check (segment in ('MAIN_MERCHANT', 'SMALL_MERCHANT', 'RESIDENT'))
);
${tenantTableSql('household_segment')}

create table survey (${aggregate},
  constraint survey_number_unique unique (tenant_id, community_id, number),
  status text not null check (status in ('DRAFT', 'ISSUED', 'CLOSED', 'REPORTED')),
  kind text not null check (kind in ('OPINION', 'SATISFACTION')),
  title text not null,
  is_anonymous boolean not null,
  segments text[] not null check (cardinality(segments) > 0),
  questions jsonb not null,
  issued_at timestamptz,
  due_at timestamptz,
  issued_count int not null check (issued_count >= 0),
  recovered_count int not null check (recovered_count between 0 and issued_count),
  closed_at timestamptz,
  results jsonb,
  analysis_sealed text,
  improvements_sealed text,
  reported_at timestamptz,
  acknowledged_at timestamptz,
  check ((status = 'DRAFT') = (issued_at is null)),
  check ((status in ('CLOSED', 'REPORTED')) = (closed_at is not null)),
  check ((closed_at is null) = (results is null)),
  check ((status = 'REPORTED') = (reported_at is not null))
);
create index survey_of_community on survey (community_id, created_at, id);
${tenantTableSql('survey')}
revoke delete on survey from {{service}};

create table survey_recipient (
  tenant_id uuid not null,
  survey_id uuid not null,
  household_id uuid not null,
  has_answered boolean not null default false,
  primary key (survey_id, household_id),
  foreign key (tenant_id, survey_id) references survey (tenant_id, id)
);
create index survey_recipient_of_household on survey_recipient (household_id);
${tenantTableSql('survey_recipient')}
revoke delete on survey_recipient from {{service}};

-- Without a time and, when the survey is anonymous, without a household: nothing says whose it is.
create table survey_response (
  id uuid primary key,
  tenant_id uuid not null,
  survey_id uuid not null,
  household_id uuid,
  unique (tenant_id, id),
  foreign key (tenant_id, survey_id) references survey (tenant_id, id)
);
create index survey_response_of_survey on survey_response (survey_id);
${tenantTableSql('survey_response', { appendOnly: true })}

create table survey_answer (
  tenant_id uuid not null,
  response_id uuid not null,
  question_number int not null,
  rating int,
  choice int,
  text_sealed text,
  primary key (response_id, question_number),
  check (num_nonnulls(rating, choice, text_sealed) = 1),
  foreign key (tenant_id, response_id) references survey_response (tenant_id, id)
);
${tenantTableSql('survey_answer', { appendOnly: true })}

create table owner_vote (${aggregate},
  constraint owner_vote_number_unique unique (tenant_id, community_id, number),
  status text not null check (status in ('DRAFT', 'OPEN', 'COUNTED', 'CANCELLED')),
  matter text not null,
  title text not null,
  proposal text not null,
  is_secret boolean not null,
  opens_at timestamptz,
  closes_at timestamptz,
  elector_count int not null check (elector_count >= 0),
  elector_area_m2 numeric not null check (elector_area_m2 >= 0),
  tally jsonb,
  ballots_sha256 text,
  counted_at timestamptz,
  cancelled_at timestamptz,
  check ((status = 'COUNTED') = (counted_at is not null)),
  check ((counted_at is null) = (tally is null)),
  check ((counted_at is null) = (ballots_sha256 is null)),
  check ((status = 'CANCELLED') = (cancelled_at is not null)),
  check (status not in ('OPEN', 'COUNTED') or (opens_at is not null and closes_at > opens_at))
);
create index owner_vote_of_community on owner_vote (community_id, created_at, id);
${tenantTableSql('owner_vote')}
revoke delete on owner_vote from {{service}};

-- Who may vote, as the register stood when the vote was opened.
create table vote_elector (
  tenant_id uuid not null,
  vote_id uuid not null,
  household_id uuid not null,
  area_m2 numeric not null check (area_m2 >= 0),
  has_voted boolean not null default false,
  proxy_file_id uuid,
  primary key (vote_id, household_id),
  foreign key (tenant_id, vote_id) references owner_vote (tenant_id, id)
);
create index vote_elector_of_household on vote_elector (household_id);
${tenantTableSql('vote_elector')}
revoke delete on vote_elector from {{service}};

-- Never changed; without a time, and without a household when the vote is secret.
create table vote_ballot (
  id uuid primary key,
  tenant_id uuid not null,
  vote_id uuid not null,
  household_id uuid,
  choice text not null check (choice in ('FOR', 'AGAINST', 'ABSTAIN')),
  area_m2 numeric not null check (area_m2 >= 0),
  receipt_sha256 text not null,
  foreign key (tenant_id, vote_id) references owner_vote (tenant_id, id)
);
create index vote_ballot_of_vote on vote_ballot (vote_id, id);
create unique index vote_ballot_once on vote_ballot (vote_id, household_id) where household_id is not null;
create unique index vote_ballot_receipt on vote_ballot (vote_id, receipt_sha256);
${tenantTableSql('vote_ballot', { appendOnly: true })}

create table visit_plan (${aggregate},
  constraint visit_plan_number_unique unique (tenant_id, community_id, number),
  month text not null,
  staff_id uuid not null,
  visit_count int not null check (visit_count > 0),
  open_visit_count int not null check (open_visit_count between 0 and visit_count)
);
create index visit_plan_of_community on visit_plan (community_id, month, id);
${tenantTableSql('visit_plan')}
revoke delete on visit_plan from {{service}};

create table planned_visit (
  tenant_id uuid not null,
  plan_id uuid not null,
  household_id uuid not null,
  visited_at timestamptz,
  opinion_sealed text,
  primary key (plan_id, household_id),
  check ((visited_at is null) = (opinion_sealed is null)),
  foreign key (tenant_id, plan_id) references visit_plan (tenant_id, id)
);
${tenantTableSql('planned_visit')}
revoke delete on planned_visit from {{service}};
`;

const down = `
drop table planned_visit, visit_plan, vote_ballot, vote_elector, owner_vote, survey_answer, survey_response,
  survey_recipient, survey, household_segment;
`;

export const migration: Migration = { name: '20261122-5005-create-surveys-and-votes', up, down };
