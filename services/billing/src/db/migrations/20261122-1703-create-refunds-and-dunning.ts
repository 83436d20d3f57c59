import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const up = `
-- Money given back: asked for by one, decided by another, paid by the cashier (A018).
create table refund (${identity},
  status text not null check (status in ('REQUESTED', 'APPROVED', 'REJECTED', 'SENT', 'PAID')),
  billing_account_id uuid not null,
  household_id uuid,
  source text not null check (source in ('ADVANCE', 'DEPOSIT', 'CHARGE')),
  charge_id uuid,
  charge_type_code text,
  amount bigint not null,
  currency text not null,
  means text not null check (means in ('CASH', 'TRANSFER', 'WALLET')),
  reason_code text not null,
  requested_by text not null,
  approver_role text not null check (approver_role in ('supervisor', 'director')),
  decided_by text,
  decided_at timestamptz,
  session_id uuid,
  reference text,
  provider_payment_id uuid,
  paid_at timestamptz,
  unique (tenant_id, id),
  constraint refund_number_unique unique (tenant_id, community_id, number),
  check (amount > 0),
  check (decided_by is null or decided_by <> requested_by),
  check ((status = 'PAID') = (paid_at is not null)),
  foreign key (tenant_id, billing_account_id) references billing_account (tenant_id, id)
);
create index refund_newest on refund (community_id, created_at, id);
create index refund_of_account on refund (billing_account_id);
${tenantTableSql('refund')}
revoke delete on refund from {{service}};

-- Expenses that a member of staff laid out (A018).
create table expense_claim (${identity},
  status text not null check (status in ('SUBMITTED', 'CHECKED', 'APPROVED', 'REJECTED', 'PAID')),
  claimant_id uuid not null,
  claimant_sub text not null,
  purpose_sealed text not null,
  lines jsonb not null,
  amount bigint not null,
  currency text not null,
  approver_role text not null check (approver_role in ('administrativeSupervisor', 'director')),
  checked_by text,
  checked_at timestamptz,
  decided_by text,
  decided_at timestamptz,
  session_id uuid,
  paid_at timestamptz,
  unique (tenant_id, id),
  constraint expense_claim_number_unique unique (tenant_id, community_id, number),
  check (amount > 0),
  check (checked_by is null or checked_by <> claimant_sub),
  check (decided_by is null or (decided_by <> claimant_sub and decided_by is distinct from checked_by)),
  check ((status = 'PAID') = (paid_at is not null))
);
create index expense_claim_newest on expense_claim (community_id, created_at, id);
${tenantTableSql('expense_claim')}
revoke delete on expense_claim from {{service}};

-- A debt that is overdue, with what is done about it 催缴 (A078).
create table dunning_case (${identity},
  status text not null check (status in ('LISTED', 'REMINDED', 'LETTER_SENT', 'VISITED', 'LEGAL', 'SETTLED')),
  billing_account_id uuid not null,
  unit_id uuid,
  household_id uuid,
  currency text not null,
  listed_on date not null,
  listed_amount bigint not null,
  oldest_due_on date not null,
  cause text,
  measure text,
  first_reminded_at timestamptz,
  letter_due_at timestamptz,
  letter_sent_at timestamptz,
  tracking_number text,
  visited_at timestamptz,
  legal_at timestamptz,
  settled_at timestamptz,
  unique (tenant_id, id),
  constraint dunning_case_number_unique unique (tenant_id, community_id, number),
  check (listed_amount > 0),
  check ((status = 'SETTLED') = (settled_at is not null)),
  check ((first_reminded_at is null) = (letter_due_at is null)),
  check ((letter_sent_at is null) = (tracking_number is null)),
  foreign key (tenant_id, billing_account_id) references billing_account (tenant_id, id)
);
create unique index dunning_case_open on dunning_case (tenant_id, billing_account_id) where status <> 'SETTLED';
create index dunning_case_newest on dunning_case (community_id, listed_on, id);
${tenantTableSql('dunning_case')}
revoke delete on dunning_case from {{service}};

-- What was done about a debt, with its proof; kept for ever.
create table dunning_step (
  id uuid primary key,
  tenant_id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('REMINDER', 'LETTER', 'VISIT', 'LEGAL')),
  channel text not null check (channel in ('PHONE', 'SMS', 'EXPRESS_MAIL', 'IN_PERSON', 'COURT')),
  occurred_at timestamptz not null,
  amount bigint not null,
  pay_by date,
  period_from date,
  period_to date,
  tracking_number text,
  proof_file_ids uuid[] not null,
  note_sealed text,
  staff_id uuid,
  unique (tenant_id, id),
  check (amount > 0),
  foreign key (tenant_id, case_id) references dunning_case (tenant_id, id)
);
create index dunning_step_of_case on dunning_step (case_id, occurred_at, id);
${tenantTableSql('dunning_step', { appendOnly: true })}
`;

const down = `
drop table dunning_step, dunning_case, expense_claim, refund;
`;

export const migration: Migration = { name: '20261122-1703-create-refunds-and-dunning', up, down };
