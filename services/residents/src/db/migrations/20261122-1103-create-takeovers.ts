import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create table takeover (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  status text not null check (status in ('OPEN', 'SIGNED', 'CLOSED')),
  place_id uuid not null,
  developer_id uuid not null,
  coordinator_id uuid not null,
  signed_at timestamptz,
  closed_at timestamptz,
  unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  check ((status = 'OPEN') = (signed_at is null)),
  check ((status = 'CLOSED') = (closed_at is not null)),
  foreign key (tenant_id, place_id) references place (tenant_id, id),
  foreign key (tenant_id, developer_id) references organisation (tenant_id, id)
);
-- A place is taken over once at a time.
create unique index takeover_one_under_way on takeover (place_id) where status <> 'CLOSED';
create index takeover_newest on takeover (community_id, created_at, id);
${tenantTableSql('takeover')}

create table takeover_defect (
  id uuid primary key,
  tenant_id uuid not null,
  takeover_id uuid not null,
  item_code text not null,
  trade_code text not null,
  problem_code text not null,
  note_sealed text,
  found_at timestamptz not null,
  state text not null check (state in ('FOUND', 'ORDERED', 'DONE', 'PASSED', 'FAILED')),
  work_order_id uuid,
  rechecked_at timestamptz,
  foreign key (tenant_id, takeover_id) references takeover (tenant_id, id)
);
create index takeover_defect_of_takeover on takeover_defect (takeover_id);
create index takeover_defect_of_work_order on takeover_defect (work_order_id) where work_order_id is not null;
${tenantTableSql('takeover_defect')}
`;

const down = 'drop table takeover_defect, takeover;';

export const migration: Migration = { name: '20261122-1103-create-takeovers', up, down };
