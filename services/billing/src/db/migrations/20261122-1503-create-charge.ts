import { tenantTableSql, type Migration } from '@steward/db';

const up = `
-- What a billing account owes for one thing. What is left of it is not kept: its postings say so.
create table charge (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null check (version >= 0),
  created_at timestamptz not null,
  billing_account_id uuid not null,
  unit_id uuid,
  household_id uuid,
  charge_type_code text not null,
  amount bigint not null,
  tax_amount bigint not null,
  currency text not null,
  occurred_on date not null,
  due_on date,
  period_from date,
  period_to date,
  status text not null check (status in ('OPEN', 'SETTLED', 'REVERSED')),
  settled_at timestamptz,
  reversed_at timestamptz,
  reason_code text,
  receipt_number text,
  cause_service text not null,
  cause_type text not null,
  cause_id uuid not null,
  run_id uuid,
  unique (tenant_id, id),
  constraint charge_number_unique unique (tenant_id, community_id, number),
  check (abs(amount) <= 9007199254740991 and abs(tax_amount) <= abs(amount)),
  check ((period_from is null) = (period_to is null) and period_to > period_from),
  check (status <> 'SETTLED' or settled_at is not null),
  check ((status = 'REVERSED') = (reversed_at is not null)),
  check ((status = 'REVERSED') = (reason_code is not null)),
  foreign key (tenant_id, billing_account_id) references billing_account (tenant_id, id)
);
create index charge_of_account on charge (billing_account_id, occurred_on, id);
create index charge_open on charge (community_id, due_on, id) where status = 'OPEN';
create index charge_newest on charge (community_id, created_at, id);
create index charge_of_cause on charge (cause_id);
create index charge_of_household on charge (household_id, created_at, id) where household_id is not null;
create index charge_of_unit on charge (unit_id, created_at, id) where unit_id is not null;
${tenantTableSql('charge')}
revoke delete on charge from {{service}};

-- What a fee of another service is made of, as it was agreed there.
create table charge_service_line (
  id uuid primary key,
  tenant_id uuid not null,
  charge_id uuid not null,
  position int not null check (position >= 1),
  service_code text not null,
  quantity numeric not null,
  unit text not null,
  unit_price_amount bigint not null,
  amount bigint not null,
  unique (charge_id, position),
  foreign key (tenant_id, charge_id) references charge (tenant_id, id)
);
${tenantTableSql('charge_service_line', { appendOnly: true })}
`;

const down = `drop table charge_service_line, charge;`;

export const migration: Migration = { name: '20261122-1503-create-charge', up, down };
