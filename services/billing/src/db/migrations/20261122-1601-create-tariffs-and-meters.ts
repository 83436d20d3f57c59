import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const up = `
create table tariff (${identity},
  status text not null check (status in ('DRAFT', 'APPROVED', 'WITHDRAWN')),
  charge_type_code text not null,
  method text not null check (method in ('AREA', 'FIXED', 'METER', 'HOUSEHOLD', 'PERSON', 'FORMULA')),
  rate numeric check (rate >= 0),
  tiers jsonb not null check (jsonb_typeof(tiers) = 'array'),
  formula text,
  unit_usages text[] not null,
  tax_rate numeric not null check (tax_rate >= 0 and tax_rate < 1),
  is_tax_included boolean not null,
  document_number text not null check (document_number <> ''),
  document_issuer text not null check (document_issuer <> ''),
  document_issued_on date not null check (document_issued_on <= valid_from),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  drafted_by text not null,
  approved_by text check (approved_by <> drafted_by),
  approved_at timestamptz,
  unique (tenant_id, id),
  constraint tariff_number_unique unique (tenant_id, community_id, number),
  check ((status = 'APPROVED') = (approved_by is not null)),
  check ((status = 'APPROVED') = (approved_at is not null)),
  check ((method = 'FORMULA') = (formula is not null)),
  check (method = 'FORMULA' or (rate is null) = (tiers <> '[]'))
);
create index tariff_newest on tariff (community_id, created_at, id);
create index tariff_in_force on tariff (community_id, charge_type_code) where status = 'APPROVED';
${tenantTableSql('tariff')}

create table meter (${identity},
  kind text not null check (kind in ('WATER', 'ELECTRICITY', 'HOT_WATER', 'GAS', 'HEAT')),
  charge_type_code text not null,
  unit_id uuid,
  digits int not null check (digits between 3 and 12),
  multiplier numeric not null check (multiplier > 0),
  is_prepaid boolean not null,
  billing_account_id uuid,
  balance bigint not null check (is_prepaid or balance = 0),
  low_told_at timestamptz,
  last_value numeric not null check (last_value >= 0),
  last_read_on date not null,
  cumulative numeric not null check (cumulative >= 0),
  reading_count int not null,
  installed_on date not null,
  removed_on date,
  unique (tenant_id, id),
  constraint meter_number_unique unique (tenant_id, community_id, kind, number),
  check (not is_prepaid or unit_id is not null)
);
create index meter_of_unit on meter (unit_id) where unit_id is not null;
create index meter_newest on meter (community_id, created_at, id);
${tenantTableSql('meter')}

-- Use since the reading before; a reading is never altered.
create table meter_reading (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  meter_id uuid not null,
  value numeric not null check (value >= 0),
  since date not null,
  taken_on date not null check (taken_on >= since),
  used numeric not null check (used >= 0),
  cumulative numeric not null,
  is_rollover boolean not null,
  is_confirmed boolean not null,
  source text not null check (source in ('BASE', 'STAFF', 'IMPORT', 'PROCEDURE')),
  read_by uuid,
  unique (meter_id, taken_on),
  check (source = 'BASE' or taken_on > since),
  foreign key (tenant_id, meter_id) references meter (tenant_id, id)
);
create index meter_reading_of_community on meter_reading (community_id, taken_on);
${tenantTableSql('meter_reading', { appendOnly: true })}

-- What came onto a prepaid meter and what was used up of it.
create table prepaid_entry (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  meter_id uuid not null,
  billing_account_id uuid not null,
  kind text not null check (kind in ('TOP_UP', 'USE', 'OPENING', 'HAND_OVER')),
  amount bigint not null check (amount <> 0),
  balance bigint not null,
  occurred_at timestamptz not null,
  reading_id uuid references meter_reading (id),
  means text,
  foreign key (tenant_id, meter_id) references meter (tenant_id, id)
);
create index prepaid_entry_of_meter on prepaid_entry (meter_id, occurred_at);
create index prepaid_entry_of_community on prepaid_entry (community_id, occurred_at);
${tenantTableSql('prepaid_entry', { appendOnly: true })}

-- The written record that a household was told of a low balance.
create table prepaid_notice (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  meter_id uuid not null,
  household_id uuid,
  balance bigint not null,
  limit_amount bigint not null check (balance < limit_amount),
  told_at timestamptz not null,
  foreign key (tenant_id, meter_id) references meter (tenant_id, id)
);
create index prepaid_notice_of_meter on prepaid_notice (meter_id, told_at);
${tenantTableSql('prepaid_notice', { appendOnly: true })}

-- Days on which a flat in custody pays a share of its management fee.
create table unit_custody (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  unit_id uuid not null,
  share numeric not null check (share > 0 and share <= 1),
  valid_from date not null,
  valid_to date
);
create index unit_custody_of_unit on unit_custody (unit_id);
${tenantTableSql('unit_custody')}
`;

const down = `drop table unit_custody, prepaid_notice, prepaid_entry, meter_reading, meter, tariff;`;

export const migration: Migration = { name: '20261122-1601-create-tariffs-and-meters', up, down };
