import { tenantTableSql, type Migration } from '@steward/db';

const up = `
-- What callers are found by. Keys that tell something about a person are keyed hashes; one row for each community.
create table caller_key (
  tenant_id uuid not null,
  subject_id uuid not null,
  subject_type text not null check (subject_type in ('UNIT', 'PERSON', 'PASS', 'WORK_ORDER', 'COMPLAINT')),
  kind text not null check (kind in ('NUMBER', 'PLATE', 'PHONE', 'ROOM', 'NAME', 'PHONE_TAIL', 'PINYIN')),
  key text not null,
  community_id uuid not null,
  household_id uuid,
  number text,
  primary key (subject_id, community_id, kind, key)
);
create index caller_key_found on caller_key (tenant_id, key, kind, community_id);
${tenantTableSql('caller_key')}

-- Who holds a unit: without it the planner takes the exclusion constraint's index, which reads a hundred pages for that.
create index household_holding_of_unit on household_holding (tenant_id, unit_id, valid_from) include (household_id, valid_to);

-- Whatever has happened to a household, in whichever service: what it happened to, and what happened.
create table timeline_subject (
  id uuid primary key,
  tenant_id uuid not null,
  type text not null,
  household_id uuid,
  number text,
  is_open boolean not null,
  opened_at timestamptz not null
);
create index timeline_subject_open on timeline_subject (household_id) where is_open;
${tenantTableSql('timeline_subject')}

create table timeline_entry (
  id uuid primary key,
  tenant_id uuid not null,
  subject_id uuid not null,
  household_id uuid,
  at timestamptz not null,
  code text not null,
  is_internal boolean not null,
  actor_role text,
  details jsonb not null
);
create index timeline_entry_of_household on timeline_entry (household_id, at desc, id desc) where household_id is not null;
create index timeline_entry_of_subject on timeline_entry (subject_id);
${tenantTableSql('timeline_entry')}
`;

const down = 'drop table timeline_entry, timeline_subject, caller_key; drop index household_holding_of_unit;';

export const migration: Migration = { name: '20261122-1451-create-callers-and-timeline', up, down };
