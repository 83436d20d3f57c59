import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create table key_account_visit (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  household_id uuid not null,
  segment text not null check (segment in ('MAIN_MERCHANT', 'SMALL_MERCHANT', 'RESIDENT')),
  status text not null check (status in ('DUE', 'COMPLAINT_AWAITED', 'DONE', 'CANCELLED')),
  due_on date not null,
  attempt_count int not null check (attempt_count >= 0),
  outcome text check (outcome in ('SATISFIED', 'UNSATISFIED', 'UNREACHABLE')),
  means text check (means in ('IN_PERSON', 'PHONE', 'MESSAGE')),
  opinion_sealed text,
  visited_at timestamptz,
  visited_by_id uuid,
  complaint_id uuid,
  check (status <> 'DONE' or outcome is not null),
  unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  foreign key (tenant_id, community_id) references community (tenant_id, id),
  foreign key (tenant_id, household_id) references household (tenant_id, id)
);
create unique index key_account_visit_due_once on key_account_visit (household_id) where status = 'DUE';
create index key_account_visit_newest on key_account_visit (tenant_id, community_id, created_at, id);
create index key_account_visit_household on key_account_visit (household_id);
${tenantTableSql('key_account_visit')}
`;

const down = 'drop table key_account_visit;';

export const migration: Migration = { name: '20261122-1411-create-key-account-visits', up, down };
