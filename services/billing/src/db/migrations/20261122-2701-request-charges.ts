import { tenantTableSql, type Migration } from '@steward/db';

const methods = `'AREA', 'FIXED', 'METER', 'HOUSEHOLD', 'PERSON', 'FORMULA', 'SHARE', 'LATE_FEE'`;

const up = `
-- One charge that no run, event or meter raises: asked for by one, decided by another (B011).
create table charge_request (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  status text not null check (status in ('REQUESTED', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
  billing_account_id uuid not null,
  unit_id uuid,
  household_id uuid,
  charge_type_code text not null,
  quantity numeric not null check (quantity > 0),
  rate numeric not null check (rate > 0),
  amount bigint not null check (amount > 0),
  currency text not null,
  occurred_on date,
  period_from date,
  period_to date,
  reason_code text not null,
  explanation_sealed text not null,
  replaces_charge_id uuid,
  requested_by text not null,
  decided_by text,
  decided_at timestamptz,
  charge_id uuid,
  unique (tenant_id, id),
  constraint charge_request_number_unique unique (tenant_id, community_id, number),
  check ((period_from is null) = (period_to is null) and period_to > period_from),
  check (decided_by is null or decided_by <> requested_by),
  check ((status in ('APPROVED', 'REJECTED')) = (decided_at is not null)),
  check ((decided_at is null) = (decided_by is null)),
  check ((status = 'APPROVED') = (charge_id is not null)),
  foreign key (tenant_id, billing_account_id) references billing_account (tenant_id, id),
  foreign key (tenant_id, charge_id) references charge (tenant_id, id),
  foreign key (tenant_id, replaces_charge_id) references charge (tenant_id, id)
);
create index charge_request_newest on charge_request (community_id, created_at, id);
create index charge_request_of_account on charge_request (billing_account_id);
create index charge_request_replaces on charge_request (replaces_charge_id) where replaces_charge_id is not null;
${tenantTableSql('charge_request')}
revoke delete on charge_request from {{service}};

-- Its line explains it like any other; who owes it may have no unit and no household.
alter table charge_line drop constraint charge_line_method_check;
alter table charge_line add constraint charge_line_method_check check (method in (${methods}, 'BY_HAND'));
alter table charge_line alter column unit_id drop not null;
alter table charge_line alter column household_id drop not null;
alter table charge_line add constraint charge_line_of_whom
  check (method = 'BY_HAND' or (unit_id is not null and household_id is not null));
`;

const down = `
alter table charge_line drop constraint charge_line_of_whom;
alter table charge_line alter column household_id set not null;
alter table charge_line alter column unit_id set not null;
alter table charge_line drop constraint charge_line_method_check;
alter table charge_line add constraint charge_line_method_check check (method in (${methods}));
drop table charge_request;
`;

export const migration: Migration = { name: '20261122-2701-request-charges', up, down };
