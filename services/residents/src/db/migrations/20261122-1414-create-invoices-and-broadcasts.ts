import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const known = `
  unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  foreign key (tenant_id, community_id) references community (tenant_id, id)`;

const up = `
create table invoice_application (${identity},
  kind text not null check (kind in ('ORDINARY', 'SPECIAL')),
  status text not null check (status in ('REQUESTED', 'ISSUED', 'REFUSED', 'WITHDRAWN')),
  household_id uuid,
  organisation_id uuid,
  title_sealed text not null,
  tax_number_sealed text,
  registered_address_sealed text,
  bank_account_sealed text,
  purpose_code text not null,
  charge_id uuid,
  amount bigint not null check (amount > 0),
  currency text not null,
  invoice_number text,
  invoice_file_id uuid,
  issued_at timestamptz,
  reason_code text,
  check (household_id is not null or organisation_id is not null),
  check (kind = 'ORDINARY' or (organisation_id is not null and tax_number_sealed is not null)),
  check ((status = 'ISSUED') = (invoice_number is not null)),
  foreign key (tenant_id, household_id) references household (tenant_id, id),
  foreign key (tenant_id, organisation_id) references organisation (tenant_id, id),${known}
);
create unique index invoice_application_charge on invoice_application (tenant_id, charge_id)
  where status in ('REQUESTED', 'ISSUED');
create unique index invoice_application_invoice on invoice_application (tenant_id, invoice_number);
create index invoice_application_newest on invoice_application (tenant_id, community_id, created_at, id);
create index invoice_application_household on invoice_application (household_id);
${tenantTableSql('invoice_application')}

create table broadcast_script (${identity},
  kind text not null check (kind in ('OPENING', 'CLOSING', 'SAFETY', 'LOST_AND_FOUND', 'PROMOTION', 'GENERAL')),
  status text not null check (status in ('DRAFT', 'APPROVED', 'SCHEDULED', 'ENDED', 'WITHDRAWN')),
  place_id uuid,
  title text not null,
  text text not null,
  written_by text not null,
  times text[] not null,
  weekdays text[] not null,
  valid_from date,
  valid_to date check (valid_to > valid_from),
  reason_code text,
  check (status <> 'SCHEDULED' or valid_to is not null),
  foreign key (tenant_id, place_id) references place (tenant_id, id),${known}
);
create index broadcast_script_newest on broadcast_script (tenant_id, community_id, created_at, id);
${tenantTableSql('broadcast_script')}

create table broadcast_run (
  id uuid primary key,
  tenant_id uuid not null,
  script_id uuid not null,
  due_at timestamptz not null,
  status text not null check (status in ('DUE', 'READ', 'MISSED')),
  read_at timestamptz,
  read_by_id uuid,
  check ((status = 'READ') = (read_at is not null)),
  unique (script_id, due_at),
  foreign key (tenant_id, script_id) references broadcast_script (tenant_id, id)
);
${tenantTableSql('broadcast_run')}
`;

const down = 'drop table broadcast_run, broadcast_script, invoice_application;';

export const migration: Migration = { name: '20261122-1414-create-invoices-and-broadcasts', up, down };
