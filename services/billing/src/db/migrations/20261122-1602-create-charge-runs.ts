import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const up = `
create index unit_reference_units on unit_reference (community_id, id) where kind = 'UNIT';

create table apportionment (${identity},
  status text not null check (status in ('DRAFT', 'CONFIRMED', 'DISCARDED')),
  charge_type_code text not null,
  basis text not null check (basis in ('AREA', 'HOUSEHOLD', 'SECTION', 'USE', 'FORMULA', 'GIVEN')),
  formula text check ((basis = 'FORMULA') = (formula is not null)),
  place_id uuid,
  period_from date not null,
  period_to date not null check (period_to > period_from),
  total_amount bigint not null check (total_amount > 0),
  currency text not null,
  bearer_count int not null check (bearer_count > 0),
  shares_sha256 text not null check (shares_sha256 ~ '^[0-9a-f]{64}$'),
  drafted_by text not null,
  confirmed_by text check (confirmed_by <> drafted_by),
  confirmed_at timestamptz,
  unique (tenant_id, id),
  constraint apportionment_number_unique unique (tenant_id, community_id, number),
  check ((status = 'CONFIRMED') = (confirmed_by is not null)),
  check ((status = 'CONFIRMED') = (confirmed_at is not null))
);
create index apportionment_newest on apportionment (community_id, created_at, id);
create index apportionment_confirmed on apportionment (community_id, period_to) where status = 'CONFIRMED';
${tenantTableSql('apportionment')}

-- Who bears what: a unit with whoever answers for it, or, of staff meals, a department by its code.
create table apportionment_share (
  id uuid primary key,
  tenant_id uuid not null,
  apportionment_id uuid not null,
  bearer text not null,
  unit_id uuid,
  household_id uuid,
  billing_account_id uuid,
  weight numeric not null check (weight >= 0),
  amount bigint not null check (amount >= 0),
  unique (apportionment_id, bearer),
  check ((unit_id is null) = (billing_account_id is null)),
  foreign key (tenant_id, apportionment_id) references apportionment (tenant_id, id)
);
create index apportionment_share_of_unit on apportionment_share (unit_id, apportionment_id);
${tenantTableSql('apportionment_share', { appendOnly: true })}

create table charge_run (${identity},
  status text not null check (
    status in ('COMPUTING', 'PREVIEWED', 'POSTING', 'POSTED', 'DISCARDED', 'REVERSING', 'REVERSED')),
  charge_type_codes text[] not null check (cardinality(charge_type_codes) > 0),
  period_from date not null,
  period_to date not null check (period_to > period_from),
  due_on date not null,
  currency text not null,
  started_by text not null,
  computed_chunks int not null,
  posted_chunks int not null check (posted_chunks <= computed_chunks),
  reversed_chunks int not null check (reversed_chunks <= posted_chunks),
  line_count int not null,
  total_amount bigint not null,
  tax_amount bigint not null,
  gap_count int not null,
  posted_at timestamptz,
  notices_sent_at timestamptz,
  unique (tenant_id, id),
  constraint charge_run_number_unique unique (tenant_id, community_id, number)
);
create index charge_run_newest on charge_run (community_id, created_at, id);
${tenantTableSql('charge_run')}

-- Why a charge is what it is; the charge that a line becomes has its id. Lines without a run are first and last fees.
create table charge_line (
  id uuid primary key default uuidv7(),
  tenant_id uuid not null,
  community_id uuid not null,
  run_id uuid,
  chunk int not null,
  line int not null,
  billing_account_id uuid not null,
  unit_id uuid not null,
  household_id uuid not null,
  charge_type_code text not null,
  method text not null check (
    method in ('AREA', 'FIXED', 'METER', 'HOUSEHOLD', 'PERSON', 'FORMULA', 'SHARE', 'LATE_FEE')),
  tariff_id uuid,
  source_id uuid,
  period_from date not null,
  period_to date not null check (period_to > period_from),
  quantity numeric not null,
  rate numeric,
  share numeric not null,
  month_parts int not null,
  amount bigint not null check (amount > 0),
  tax_rate numeric not null,
  tax_amount bigint not null,
  reversed_at timestamptz
);
create index charge_line_of_run on charge_line (run_id, chunk, line);
create index charge_line_of_unit on charge_line (unit_id, charge_type_code) where reversed_at is null;
-- A reading or a share is charged once, whatever runs are started for it.
create unique index charge_line_source on charge_line (source_id, unit_id)
  where reversed_at is null and method in ('METER', 'SHARE');
create index charge_line_late_fee on charge_line (source_id) where method = 'LATE_FEE' and reversed_at is null;
${tenantTableSql('charge_line')}

-- A charge that is taken back frees what it was charged for, whoever takes it back.
create function free_charge_line() returns trigger language plpgsql as $$
begin
  update charge_line set reversed_at = new.reversed_at where id = new.id and reversed_at is null;
  return null;
end $$;
create trigger charge_frees_its_line after update of status on charge for each row
  when (new.status = 'REVERSED' and old.status <> 'REVERSED') execute function free_charge_line();

-- What a preview could not charge, and why.
create table charge_run_gap (
  id uuid primary key default uuidv7(),
  tenant_id uuid not null,
  run_id uuid not null,
  unit_id uuid not null,
  charge_type_code text not null,
  reason text not null check (reason in ('NO_HOLDER', 'NO_AREA', 'NO_READING', 'NO_TARIFF', 'FORMULA_UNDEFINED')),
  foreign key (tenant_id, run_id) references charge_run (tenant_id, id)
);
create index charge_run_gap_of_run on charge_run_gap (run_id, id);
${tenantTableSql('charge_run_gap')}

create table opening_import (${identity},
  status text not null check (status in ('OPEN', 'CLOSED')),
  opened_on date not null,
  currency text not null,
  arrears_amount bigint not null,
  prepaid_amount bigint not null,
  deposit_amount bigint not null,
  meter_count int not null,
  closed_at timestamptz,
  unique (tenant_id, id),
  constraint opening_import_number_unique unique (tenant_id, community_id, number),
  check ((status = 'CLOSED') = (closed_at is not null))
);
create index opening_import_newest on opening_import (community_id, created_at, id);
create unique index opening_import_open on opening_import (community_id) where status = 'OPEN';
${tenantTableSql('opening_import')}

create table opening_balance (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  import_id uuid not null,
  kind text not null check (kind in ('ARREARS', 'PREPAID', 'DEPOSIT', 'METER_BASE')),
  source_key text not null,
  unit_id uuid not null,
  billing_account_id uuid,
  charge_type_code text not null,
  amount bigint not null check (amount >= 0),
  charge_id uuid,
  meter_id uuid,
  unique (tenant_id, community_id, kind, source_key),
  foreign key (tenant_id, import_id) references opening_import (tenant_id, id)
);
create index opening_balance_of_import on opening_balance (import_id, kind, charge_type_code);
${tenantTableSql('opening_balance', { appendOnly: true })}

-- Parts of months in days [starts, ends): a month of 28 to 31 days divides 377,580 without a remainder.
create function month_parts(starts date, ends date) returns int language sql immutable strict parallel safe
  return (select coalesce(sum((least(ends, (m + interval '1 month')::date) - greatest(starts, m::date))
                * (377580 / ((m + interval '1 month')::date - m::date))), 0)::int
            from generate_series(date_trunc('month', starts::timestamp), ends - interval '1 day', interval '1 month') m);

-- The whole number nearest to a quotient, halves up; exact, because nothing is divided before.
create function rounded_quotient(numerator numeric, denominator numeric) returns bigint
  language sql immutable strict parallel safe
  return div(2 * numerator + denominator, 2 * denominator)::bigint;

-- What use costs through tiers [{upTo, rate}] whose limits hold for a month; halves up.
create function tiered_fee(used numeric, tiers jsonb, months int) returns numeric
  language sql immutable strict parallel safe
  return (select coalesce(sum(greatest(0, least(used, coalesce(ceiling, used)) - floor) * rate), 0)
            from (select (t ->> 'upTo')::numeric * months as ceiling, (t ->> 'rate')::numeric as rate,
                         coalesce(lag((t ->> 'upTo')::numeric) over (order by n), 0) * months as floor
                    from jsonb_array_elements(tiers) with ordinality as e(t, n)) tier);
`;

const down = `
drop function tiered_fee(numeric, jsonb, int);
drop function rounded_quotient(numeric, numeric);
drop function month_parts(date, date);
drop trigger charge_frees_its_line on charge;
drop function free_charge_line();
drop table opening_balance, opening_import, charge_run_gap, charge_line, charge_run, apportionment_share, apportionment;
drop index unit_reference_units;
`;

export const migration: Migration = { name: '20261122-1602-create-charge-runs', up, down };
