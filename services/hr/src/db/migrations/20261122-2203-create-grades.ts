import { tenantTableSql, type Migration } from '@steward/db';

const ofCompany = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid check (community_id is null),
  number text not null,
  version int not null,
  created_at timestamptz not null`;

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
create table grade_ladder (${ofCompany},
  label text,
  rule text,
  steps jsonb not null check (jsonb_typeof(steps) = 'array' and jsonb_array_length(steps) between 2 and 20),
  constraint grade_ladder_code unique (tenant_id, number),
  unique (tenant_id, id),
  check (label is not null or rule is not null)
);
${tenantTableSql('grade_ladder')}

create table staff_grade (${identity},
  staff_id uuid not null,
  ladder_id uuid not null,
  level int not null check (level >= 1),
  held_from date not null,
  status text not null check (status in ('HELD', 'TOP')),
  unique (tenant_id, staff_id, ladder_id),
  ${inCommunity}, ${ofStaff},
  foreign key (tenant_id, ladder_id) references grade_ladder (tenant_id, id)
);
${tenantTableSql('staff_grade')}
`;

const down = `
drop table staff_grade, grade_ladder;
`;

export const migration: Migration = { name: '20261122-2203-create-grades', up, down };
