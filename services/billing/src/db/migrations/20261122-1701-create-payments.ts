import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const up = `
-- Money that was taken 收款, with its receipt.
create table payment (${identity},
  status text not null check (status in ('RECEIVED', 'VOIDED')),
  billing_account_id uuid not null,
  unit_id uuid,
  household_id uuid,
  means text not null check (means in ('CASH', 'CHEQUE', 'CARD', 'TRANSFER', 'WALLET', 'SIGNED', 'ON_ACCOUNT')),
  amount bigint not null,
  currency text not null,
  tendered bigint,
  change_given bigint not null,
  reference text,
  confirmed text[] not null,
  proof_file_ids uuid[] not null,
  received_at timestamptz not null,
  session_id uuid,
  advance_amount bigint not null,
  receipt_id uuid not null,
  transaction_id uuid not null,
  voided_at timestamptz,
  void_reason text,
  unique (tenant_id, id),
  constraint payment_number_unique unique (tenant_id, community_id, number),
  check (amount > 0 and advance_amount between 0 and amount and change_given >= 0),
  check ((status = 'VOIDED') = (voided_at is not null and void_reason is not null)),
  foreign key (tenant_id, billing_account_id) references billing_account (tenant_id, id)
);
create index payment_newest on payment (community_id, received_at, id);
create index payment_of_account on payment (billing_account_id, received_at, id);
create index payment_of_session on payment (session_id) where session_id is not null;
${tenantTableSql('payment')}
revoke delete on payment from {{service}};

-- A part of a payment put against a charge.
create table payment_allocation (
  id uuid primary key,
  tenant_id uuid not null,
  payment_id uuid not null,
  charge_id uuid not null,
  charge_type_code text not null,
  amount bigint not null,
  unique (tenant_id, id),
  check (amount > 0),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);
create index payment_allocation_of_payment on payment_allocation (payment_id);
${tenantTableSql('payment_allocation', { appendOnly: true })}

-- A leaf of a receipt book 收费票据; its number is never left out and never used twice.
create table receipt (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  book text not null,
  sequence int not null,
  number text not null,
  status text not null check (status in ('PREPARED', 'ISSUED', 'VOID')),
  billing_account_id uuid not null,
  amount bigint not null,
  currency text not null,
  payment_id uuid,
  door_collection_id uuid,
  print_count int not null,
  prepared_at timestamptz not null,
  issued_at timestamptz,
  voided_at timestamptz,
  void_reason text,
  unique (tenant_id, id),
  unique (tenant_id, community_id, book, sequence),
  check (sequence >= 1 and amount > 0),
  check ((status = 'VOID') = (voided_at is not null))
);
create index receipt_of_payment on receipt (payment_id) where payment_id is not null;
${tenantTableSql('receipt')}
revoke delete on receipt from {{service}};

-- A tax invoice (发票) that the payer asked for on a receipt.
create table invoice_request (
  id uuid primary key,
  tenant_id uuid not null,
  payment_id uuid not null,
  status text not null check (status in ('REQUESTED', 'ISSUED')),
  amount bigint not null,
  currency text not null,
  title_sealed text not null,
  title_masked text not null,
  tax_number_sealed text,
  invoice_number text,
  requested_at timestamptz not null,
  issued_at timestamptz,
  unique (tenant_id, id),
  check (amount > 0),
  check ((status = 'ISSUED') = (invoice_number is not null and issued_at is not null)),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);
create index invoice_request_of_payment on invoice_request (payment_id);
${tenantTableSql('invoice_request')}
revoke delete on invoice_request from {{service}};

-- An appointment to collect at the door 上门收费 (A077).
create table door_collection (${identity},
  status text not null check (status in ('AGREED', 'COLLECTED', 'FAILED')),
  billing_account_id uuid not null,
  unit_id uuid,
  household_id uuid,
  appointment_at timestamptz not null,
  collector_id uuid not null,
  amount bigint not null,
  currency text not null,
  contact_name_sealed text not null,
  contact_name_masked text not null,
  confirmed text[] not null,
  receipt_id uuid not null,
  came_at timestamptz,
  is_punctual boolean,
  payment_id uuid,
  fail_reason text,
  unique (tenant_id, id),
  constraint door_collection_number_unique unique (tenant_id, community_id, number),
  check (amount > 0),
  check ((status = 'COLLECTED') = (payment_id is not null)),
  check ((status = 'FAILED') = (fail_reason is not null))
);
create index door_collection_newest on door_collection (community_id, appointment_at, id);
${tenantTableSql('door_collection')}
revoke delete on door_collection from {{service}};

-- The next place of each book; taking one locks the book until the receipt is written, so that no place is lost.
create table receipt_book (
  tenant_id uuid not null,
  community_id uuid not null,
  prefix text not null check (prefix ~ '^[A-Z0-9]{1,8}$'),
  next_sequence int not null check (next_sequence >= 1),
  primary key (tenant_id, community_id, prefix)
);
${tenantTableSql('receipt_book')}

-- Every paper that was made of something, each print once.
create table printed_document (
  id uuid primary key,
  tenant_id uuid not null,
  aggregate_id uuid not null,
  kind text not null,
  copy int not null check (copy >= 0),
  file_id uuid not null,
  printed_at timestamptz not null,
  printed_by text not null
);
create index printed_document_of_aggregate on printed_document (aggregate_id, printed_at, id);
${tenantTableSql('printed_document', { appendOnly: true })}
`;

const down = `
drop table receipt_book, printed_document, door_collection, invoice_request, receipt, payment_allocation, payment;
`;

export const migration: Migration = { name: '20261122-1701-create-payments', up, down };
