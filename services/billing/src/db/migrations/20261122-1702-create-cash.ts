import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const up = `
-- A shift at a till 收银班次: float, takings, count, drop, hand-in.
create table cashier_session (${identity},
  status text not null check (status in ('OPEN', 'COUNTED', 'DROPPED', 'HANDED_IN')),
  cashier_id uuid not null,
  book text not null,
  currency text not null,
  float_amount bigint not null,
  taken_over_from uuid,
  opened_at timestamptz not null,
  expected_amount bigint,
  counted_amount bigint,
  counted_at timestamptz,
  float_left bigint,
  drop_amount bigint,
  drop_bag text,
  witness_id uuid,
  dropped_at timestamptz,
  deposit_slip text,
  handed_in_at timestamptz,
  received_by uuid,
  unique (tenant_id, id),
  constraint cashier_session_number_unique unique (tenant_id, community_id, number),
  check (float_amount >= 0),
  check (status = 'OPEN' or (expected_amount is not null and counted_amount is not null and counted_at is not null)),
  check (status in ('OPEN', 'COUNTED') or (drop_amount is not null and drop_bag is not null and witness_id <> cashier_id)),
  check ((status = 'HANDED_IN') = (deposit_slip is not null and handed_in_at is not null))
);
create unique index cashier_session_open on cashier_session (tenant_id, community_id, book) where status = 'OPEN';
create index cashier_session_newest on cashier_session (community_id, opened_at, id);
create index cashier_session_of_cashier on cashier_session (cashier_id) where status = 'OPEN';
${tenantTableSql('cashier_session')}
revoke delete on cashier_session from {{service}};

-- Over or short of one count; it stands for itself (B043).
create table cash_variance (
  id uuid primary key,
  tenant_id uuid not null,
  session_id uuid not null,
  community_id uuid not null,
  found_in text not null check (found_in in ('OPENING', 'CLOSING')),
  kind text not null check (kind in ('SURPLUS', 'SHORTAGE')),
  amount bigint not null,
  status text not null check (status in ('HANDED_IN', 'SHORT', 'MADE_GOOD')),
  found_at timestamptz not null,
  made_good_at timestamptz,
  unique (tenant_id, id),
  check (amount > 0),
  check ((kind = 'SURPLUS') = (status = 'HANDED_IN')),
  foreign key (tenant_id, session_id) references cashier_session (tenant_id, id)
);
create index cash_variance_of_session on cash_variance (session_id);
${tenantTableSql('cash_variance')}
revoke delete on cash_variance from {{service}};

-- A line of the cash journal 现金日记账; what is wrong gets a line of its own.
create table cash_entry (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  session_id uuid not null,
  kind text not null check (kind in ('FLOAT', 'RECEIPT', 'VOID', 'TOP_UP', 'REFUND', 'EXPENSE', 'LOAN', 'LOAN_REPAID', 'DROP', 'FLOAT_LEFT', 'SURPLUS', 'SHORTAGE')),
  amount bigint not null,
  occurred_at timestamptz not null,
  cause_id uuid,
  unique (tenant_id, id),
  check (amount <> 0),
  foreign key (tenant_id, session_id) references cashier_session (tenant_id, id)
);
create index cash_entry_of_session on cash_entry (session_id, occurred_at, id);
create index cash_entry_journal on cash_entry (community_id, occurred_at, id);
${tenantTableSql('cash_entry', { appendOnly: true })}

-- Money lent from a till with approval (B048).
create table till_loan (
  id uuid primary key,
  tenant_id uuid not null,
  session_id uuid not null,
  community_id uuid not null,
  status text not null check (status in ('ASKED', 'GRANTED', 'REFUSED', 'REPAID')),
  amount bigint not null,
  borrower_id uuid not null,
  purpose_sealed text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  decided_at timestamptz,
  repaid_at timestamptz,
  unique (tenant_id, id),
  check (amount > 0),
  foreign key (tenant_id, session_id) references cashier_session (tenant_id, id)
);
create index till_loan_of_session on till_loan (session_id);
${tenantTableSql('till_loan')}
revoke delete on till_loan from {{service}};

-- The check of the safe before leaving (A234).
create table safe_check (${identity},
  status text not null check (status in ('DUE', 'CHECKED')),
  checked_on date not null,
  is_locked boolean,
  is_scrambled boolean,
  checked_by uuid,
  checked_at timestamptz,
  unique (tenant_id, id),
  constraint safe_check_number_unique unique (tenant_id, community_id, number),
  unique (tenant_id, community_id, checked_on),
  check ((status = 'CHECKED') = (is_locked and is_scrambled and checked_at is not null))
);
create index safe_check_newest on safe_check (community_id, checked_on, id);
${tenantTableSql('safe_check')}
revoke delete on safe_check from {{service}};

-- A month of the cash journal (A229).
create table cash_month (${identity},
  status text not null check (status in ('DUE', 'CLOSED')),
  month text not null,
  currency text not null,
  opening_amount bigint,
  received_amount bigint,
  paid_out_amount bigint,
  closing_amount bigint,
  receipt_count int,
  closed_at timestamptz,
  closed_by uuid,
  unique (tenant_id, id),
  constraint cash_month_number_unique unique (tenant_id, community_id, number),
  unique (tenant_id, community_id, month),
  check (status = 'DUE' or opening_amount + received_amount - paid_out_amount = closing_amount)
);
create index cash_month_newest on cash_month (community_id, month, id);
${tenantTableSql('cash_month')}
revoke delete on cash_month from {{service}};
`;

const down = `
drop table cash_month, safe_check, till_loan, cash_entry, cash_variance, cashier_session;
`;

export const migration: Migration = { name: '20261122-1702-create-cash', up, down };
