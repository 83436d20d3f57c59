import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null check (number <> ''),
  version int not null,
  created_at timestamptz not null,
  decoration_id uuid not null,
  household_id uuid not null,
  unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  foreign key (tenant_id, decoration_id) references decoration (tenant_id, id)`;

const up = `
create table decoration_inspection (${identity},
  origin text not null check (origin in ('SAMPLE', 'PATROL')),
  status text not null check (status in ('OPEN', 'RECORDED')),
  inspected_on date not null,
  inspected_at timestamptz,
  inspector_id uuid,
  failed_codes text[] not null,
  findings_sealed text,
  check ((status = 'RECORDED') = (inspected_at is not null))
);
create index decoration_inspection_newest on decoration_inspection (community_id, created_at, id);
create index decoration_inspection_decoration on decoration_inspection (decoration_id, inspected_on);
-- A unit that waits to be looked at is not drawn again.
create unique index decoration_inspection_one_open on decoration_inspection (decoration_id) where status = 'OPEN';
${tenantTableSql('decoration_inspection')}

create table decoration_violation (${identity},
  inspection_id uuid,
  kind text not null,
  status text not null check (status in ('OPEN', 'REMEDIED', 'RESOLVED')),
  is_stop_order boolean not null,
  found_at timestamptz not null,
  found_by uuid,
  note_sealed text not null,
  remedy_due_at timestamptz not null,
  remedied_at timestamptz,
  remedied_by uuid,
  resolved_at timestamptz,
  resolution text check (resolution in ('RESTORED', 'APPROVED_AFTERWARDS')),
  check_count int not null,
  foreign key (tenant_id, inspection_id) references decoration_inspection (tenant_id, id),
  check ((status = 'RESOLVED') = (resolved_at is not null and resolution is not null))
);
create index decoration_violation_newest on decoration_violation (community_id, created_at, id);
create index decoration_violation_open on decoration_violation (decoration_id) where status <> 'RESOLVED';
${tenantTableSql('decoration_violation')}

create table decoration_photo (
  id uuid primary key,
  tenant_id uuid not null,
  about_id uuid not null,
  file_id uuid not null,
  unique (about_id, file_id)
);
${tenantTableSql('decoration_photo', { appendOnly: true })}
`;

const down = `
drop table decoration_photo;
drop table decoration_violation;
drop table decoration_inspection;
`;

export const migration: Migration = { name: '20261122-1202-create-decoration-inspections', up, down };
