import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create table rental_mandate (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  kind text not null check (kind in ('RENTAL', 'SALE')),
  status text not null check (status in ('DRAFT', 'ACTIVE', 'CLOSED', 'WITHDRAWN', 'LAPSED')),
  unit_id uuid not null,
  household_id uuid,
  developer_id uuid,
  asking_amount bigint not null check (asking_amount > 0),
  currency text not null,
  commission_share numeric not null check (commission_share >= 0 and commission_share <= 1),
  least_months int check (least_months > 0),
  valid_to date not null,
  signed_at timestamptz,
  mandate_file_id uuid,
  agreed_amount bigint check (agreed_amount > 0),
  concluded_on date,
  contract_file_id uuid,
  commission_amount bigint,
  commission_state text not null check (commission_state in ('NONE', 'REQUESTED', 'RAISED', 'SETTLED', 'REVERSED')),
  charge_id uuid,
  reason_code text,
  constraint rental_mandate_principal check ((household_id is null) <> (developer_id is null)),
  constraint rental_mandate_signed check (status in ('DRAFT', 'WITHDRAWN') or signed_at is not null),
  constraint rental_mandate_contract check (status <> 'CLOSED' or contract_file_id is not null),
  unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  foreign key (tenant_id, community_id) references community (tenant_id, id),
  foreign key (tenant_id, unit_id) references place (tenant_id, id),
  foreign key (tenant_id, household_id) references household (tenant_id, id),
  foreign key (tenant_id, developer_id) references organisation (tenant_id, id)
);
create unique index rental_mandate_once on rental_mandate (unit_id, kind) where status in ('DRAFT', 'ACTIVE');
create index rental_mandate_newest on rental_mandate (tenant_id, community_id, created_at, id);
create index rental_mandate_household on rental_mandate (household_id);
${tenantTableSql('rental_mandate')}

create table rental_mandate_viewing (
  tenant_id uuid not null,
  rental_mandate_id uuid not null,
  escorted_access_id uuid not null,
  primary key (escorted_access_id),
  foreign key (tenant_id, rental_mandate_id) references rental_mandate (tenant_id, id),
  foreign key (tenant_id, escorted_access_id) references escorted_access (tenant_id, id)
);
create index rental_mandate_viewing_of_mandate on rental_mandate_viewing (rental_mandate_id);
${tenantTableSql('rental_mandate_viewing', { appendOnly: true })}
`;

const down = 'drop table rental_mandate_viewing, rental_mandate;';

export const migration: Migration = { name: '20261122-1412-create-rental-mandates', up, down };
