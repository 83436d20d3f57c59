import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create table move_in (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  status text not null check (status in ('OPEN', 'REPAIR', 'RECHECKED', 'APPOINTED', 'ACCEPTED', 'CLOSED', 'CANCELLED')),
  household_id uuid not null,
  unit_id uuid not null,
  applicant_kind text not null check (applicant_kind in ('OWNER', 'AGENT', 'COMPANY')),
  coordinator_id uuid not null,
  agreements_signed_at timestamptz,
  handed_over_at timestamptz,
  key_count int check (key_count >= 1),
  charge_state text not null check (charge_state in ('NONE', 'REQUESTED', 'RAISED', 'SETTLED', 'REVERSED')),
  charge_id uuid,
  inspected_at timestamptz,
  water_reading numeric,
  electricity_reading numeric,
  gas_reading numeric,
  read_at timestamptz,
  reacceptance_at timestamptz,
  accepted_at timestamptz,
  closed_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason_code text,
  unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  check ((status = 'CLOSED') = (closed_at is not null)),
  check ((status = 'CANCELLED') = (cancelled_at is not null)),
  check ((handed_over_at is null) = (key_count is null)),
  check ((read_at is null) = (water_reading is null)),
  foreign key (tenant_id, household_id) references household (tenant_id, id),
  foreign key (tenant_id, unit_id) references place (tenant_id, id)
);
-- A household moves into a unit once at a time.
create unique index move_in_one_under_way on move_in (unit_id, household_id) where status not in ('CLOSED', 'CANCELLED');
create index move_in_newest on move_in (community_id, created_at, id);
create index move_in_of_household on move_in (household_id, created_at, id);
${tenantTableSql('move_in')}

create table move_in_paper (
  id uuid primary key,
  tenant_id uuid not null,
  move_in_id uuid not null,
  kind_code text not null,
  document_id uuid not null references household_document (id),
  foreign key (tenant_id, move_in_id) references move_in (tenant_id, id)
);
create index move_in_paper_of_move_in on move_in_paper (move_in_id);
${tenantTableSql('move_in_paper', { appendOnly: true })}

create table move_in_defect (
  id uuid primary key,
  tenant_id uuid not null,
  move_in_id uuid not null,
  item_code text not null,
  trade_code text not null,
  problem_code text not null,
  round int not null check (round >= 1),
  note_sealed text,
  found_at timestamptz not null,
  state text not null check (state in ('FOUND', 'ORDERED', 'DONE', 'PASSED', 'FAILED')),
  work_order_id uuid,
  rechecked_at timestamptz,
  foreign key (tenant_id, move_in_id) references move_in (tenant_id, id)
);
create index move_in_defect_of_move_in on move_in_defect (move_in_id);
create index move_in_defect_of_work_order on move_in_defect (work_order_id) where work_order_id is not null;
${tenantTableSql('move_in_defect')}
`;

const down = 'drop table move_in_defect, move_in_paper, move_in;';

export const migration: Migration = { name: '20261122-1101-create-move-ins', up, down };
