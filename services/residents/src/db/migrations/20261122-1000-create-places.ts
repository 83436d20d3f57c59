import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const up = `
-- The tenant itself.
create table company (${identity},
  community_id uuid check (community_id is null),
  name text not null,
  check (id = tenant_id)
);
${tenantTableSql('company')}

create table community (${identity},
  community_id uuid not null check (community_id = id),
  name text not null,
  address text,
  time_zone text not null,
  locale text not null check (locale in ('zh-CN', 'en')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  built_area_m2 numeric check (built_area_m2 > 0),
  status text not null check (status in ('ACTIVE', 'LEFT')),
  constraint community_number_unique unique (tenant_id, number),
  unique (tenant_id, id),
  foreign key (tenant_id) references company (id)
);
${tenantTableSql('community')}

-- The property tree; number is the path of codes from the building down.
create table place (${identity},
  community_id uuid not null,
  parent_id uuid,
  kind text not null check (kind in ('BUILDING', 'SECTION', 'UNIT', 'COMMON_AREA')),
  code text not null check (code <> '' and position('/' in code) = 0),
  name text,
  usage text check (usage in ('RESIDENTIAL', 'SHOP', 'OFFICE', 'PARKING', 'STORAGE')),
  common_area_code text,
  area_m2 numeric check (area_m2 > 0),
  floor int,
  delivered_on date,
  warranty_from date,
  design_life_years int check (design_life_years > 0),
  constraint place_path_unique unique (tenant_id, community_id, number),
  unique (tenant_id, community_id, id),
  check ((kind = 'UNIT') = (usage is not null)),
  check ((kind = 'COMMON_AREA') = (common_area_code is not null)),
  check (number = code or right(number, length(code) + 1) = '/' || code),
  foreign key (tenant_id, community_id) references community (tenant_id, id),
  -- A parent stands in the same community.
  foreign key (tenant_id, community_id, parent_id) references place (tenant_id, community_id, id)
);
create index place_children on place (parent_id, number);
create index place_path on place (tenant_id, community_id, number text_pattern_ops);
create index place_by_number on place (tenant_id, number, id);
${tenantTableSql('place')}
`;

const down = `
drop table place;
drop table community;
drop table company;
`;

export const migration: Migration = { name: '20261122-1000-create-places', up, down };
