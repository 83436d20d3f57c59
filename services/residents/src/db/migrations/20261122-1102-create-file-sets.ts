import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const kinds = `'TAKEOVER', 'HANDOVER', 'DECORATION', 'QUALITY_RECORD'`;

const up = `
create table file_set (${identity},
  kind text not null check (kind in (${kinds})),
  unique (tenant_id, id),
  unique (tenant_id, community_id, kind),
  foreign key (tenant_id, community_id) references community (tenant_id, id)
);
${tenantTableSql('file_set')}

create table file_set_document (
  id uuid primary key,
  tenant_id uuid not null,
  file_set_id uuid not null,
  kind_code text not null,
  place_id uuid,
  file_id uuid,
  filed_at timestamptz not null,
  foreign key (tenant_id, file_set_id) references file_set (tenant_id, id),
  foreign key (tenant_id, place_id) references place (tenant_id, id)
);
create index file_set_document_of_set on file_set_document (file_set_id, filed_at, id);
${tenantTableSql('file_set_document', { appendOnly: true })}

create table file_inspection (${identity},
  person_id uuid not null,
  role text not null check (role in ('OWNER', 'COMMITTEE', 'AUDITOR')),
  file_set_kinds text[] not null check (cardinality(file_set_kinds) > 0 and file_set_kinds <@ array[${kinds}]),
  valid_to timestamptz not null,
  ended_at timestamptz,
  end_reason_code text,
  unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  check ((ended_at is null) = (end_reason_code is null)),
  foreign key (tenant_id, community_id) references community (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
create index file_inspection_of_community on file_inspection (community_id, valid_to) where ended_at is null;
create index file_inspection_newest on file_inspection (community_id, created_at, id);
${tenantTableSql('file_inspection')}
`;

const down = 'drop table file_inspection, file_set_document, file_set;';

export const migration: Migration = { name: '20261122-1102-create-file-sets', up, down };
