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
create table announcement (${aggregate},
  constraint announcement_number_unique unique (tenant_id, community_id, number),
  status text not null check (status in ('DRAFT', 'PUBLISHED', 'ARCHIVED', 'WITHDRAWN')),
  scope text not null check (scope in ('COMMUNITY', 'BUILDING', 'SECTION', 'UNIT', 'HOUSEHOLD')),
  target_ids uuid[] not null,
  title text not null,
  body text not null,
  is_urgent boolean not null,
  published_at timestamptz,
  recipient_count int not null check (recipient_count >= 0),
  print_file_id uuid,
  printed_copies int not null check (printed_copies >= 0),
  distributed_copies int not null check (distributed_copies between 0 and printed_copies),
  archived_at timestamptz,
  withdrawn_at timestamptz,
  check ((scope = 'COMMUNITY') = (cardinality(target_ids) = 0)),
  check (status = 'DRAFT' or status = 'WITHDRAWN' or published_at is not null),
  check ((status = 'ARCHIVED') = (archived_at is not null)),
  check ((status = 'WITHDRAWN') = (withdrawn_at is not null)),
  check (status <> 'ARCHIVED' or distributed_copies > 0)
);
create index announcement_of_community on announcement (community_id, created_at, id);
create index announcement_published on announcement (community_id, published_at, id) where published_at is not null;
${tenantTableSql('announcement')}
revoke delete on announcement from {{service}};

-- Whom a published announcement is for, and when each household read it.
create table announcement_receipt (
  tenant_id uuid not null,
  announcement_id uuid not null,
  household_id uuid not null,
  read_at timestamptz,
  read_by uuid,
  primary key (announcement_id, household_id),
  foreign key (tenant_id, announcement_id) references announcement (tenant_id, id)
);
create index announcement_receipt_of_household on announcement_receipt (household_id);
${tenantTableSql('announcement_receipt')}
revoke delete on announcement_receipt from {{service}};

create table bulletin_board (${aggregate},
  constraint bulletin_board_number_unique unique (tenant_id, community_id, number),
  name text not null,
  place_id uuid,
  changed_at timestamptz,
  flagged_count int not null check (flagged_count >= 0)
);
create index bulletin_board_of_community on bulletin_board (community_id, number);
${tenantTableSql('bulletin_board')}
revoke delete on bulletin_board from {{service}};

create table poster (
  id uuid primary key,
  tenant_id uuid not null,
  board_id uuid not null,
  title text not null,
  announcement_id uuid,
  hung_at timestamptz not null,
  expires_on date not null,
  state text not null check (state in ('HANGING', 'EXPIRED', 'DAMAGED', 'REMOVED')),
  removed_at timestamptz,
  check ((state = 'REMOVED') = (removed_at is not null)),
  foreign key (tenant_id, board_id) references bulletin_board (tenant_id, id)
);
create index poster_of_board on poster (board_id, hung_at);
${tenantTableSql('poster')}
revoke delete on poster from {{service}};

create table public_area_check (${aggregate},
  constraint public_area_check_number_unique unique (tenant_id, community_id, number),
  checked_on date not null,
  open_areas text[] not null,
  failed_areas text[] not null check (open_areas <@ failed_areas),
  rectified_at timestamptz
);
create index public_area_check_of_community on public_area_check (community_id, checked_on, id);
${tenantTableSql('public_area_check')}
revoke delete on public_area_check from {{service}};
`;

const down = `drop table public_area_check, poster, bulletin_board, announcement_receipt, announcement;`;

export const migration: Migration = { name: '20261122-5004-create-notices', up, down };
