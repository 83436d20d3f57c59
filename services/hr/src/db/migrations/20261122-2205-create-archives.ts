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
create table personnel_archive (${identity},
  kind text not null check (kind in ('ADMINISTRATION', 'PERSONNEL', 'LABOUR')),
  staff_id uuid,
  label text not null,
  shelf text not null,
  papers jsonb not null check (jsonb_typeof(papers) = 'array'),
  missing_codes text[] not null,
  status text not null check (status in ('KEPT', 'LENT', 'TRANSFERRED')),
  borrower_id uuid,
  due_on date,
  is_intact boolean,
  check (kind = 'ADMINISTRATION' or staff_id is not null),
  check ((status = 'LENT') = (borrower_id is not null)),
  check ((status = 'LENT') = (due_on is not null)),
  check (status <> 'TRANSFERRED' or cardinality(missing_codes) = 0),
  ${inCommunity}, ${ofStaff},
  foreign key (tenant_id, borrower_id) references staff (tenant_id, id)
);
-- One folder of a kind for each member of staff, as long as it is kept here.
create unique index personnel_archive_of_staff on personnel_archive (tenant_id, staff_id, kind)
  where staff_id is not null and status <> 'TRANSFERRED';
${tenantTableSql('personnel_archive')}
`;

const down = `
drop table personnel_archive;
`;

export const migration: Migration = { name: '20261122-2205-create-archives', up, down };
