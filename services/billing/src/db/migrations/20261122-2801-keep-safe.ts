import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const up = `
-- Cash between the bank and the safe 存取现金: under way from the day on which one hand says so, there or back once another
-- says that (A233).
create table safe_movement (${identity},
  status text not null check (status in ('UNDER_WAY', 'CONFIRMED', 'REJECTED')),
  direction text not null check (direction in ('TO_SAFE', 'TO_BANK')),
  amount bigint not null,
  currency text not null,
  reference text not null,
  proof_file_ids uuid[] not null,
  recorded_by text not null,
  recorded_by_staff uuid not null,
  decided_by_staff uuid,
  decided_at timestamptz,
  transaction_id uuid not null,
  unique (tenant_id, id),
  constraint safe_movement_number_unique unique (tenant_id, community_id, number),
  check (amount > 0),
  check ((status = 'UNDER_WAY') = (decided_at is null))
);
create index safe_movement_newest on safe_movement (community_id, created_at, id);
${tenantTableSql('safe_movement')}
revoke delete on safe_movement from {{service}};

-- What finance spends for the community 支出 (A003): recorded, approved by another hand, paid, taken back with a reason.
create table expenditure (${identity},
  status text not null check (status in ('RECORDED', 'APPROVED', 'REJECTED', 'PAID', 'REVERSED')),
  payee_sealed text not null,
  document_number text not null,
  document_on date not null,
  lines jsonb not null,
  amount bigint not null,
  currency text not null,
  proof_file_ids uuid[] not null,
  approver_role text not null check (approver_role in ('administrativeSupervisor', 'director')),
  recorded_by text not null,
  decided_by text,
  decided_at timestamptz,
  means text check (means in ('TRANSFER', 'SAFE')),
  reference text,
  paid_by text,
  paid_at timestamptz,
  transaction_id uuid,
  reversed_at timestamptz,
  reason_code text,
  unique (tenant_id, id),
  constraint expenditure_number_unique unique (tenant_id, community_id, number),
  check (amount > 0),
  check ((status in ('PAID', 'REVERSED')) = (paid_at is not null and means is not null and transaction_id is not null)),
  check ((status = 'REVERSED') = (reversed_at is not null and reason_code is not null))
);
-- One paper is paid once.
create unique index expenditure_document on expenditure (tenant_id, community_id, document_number, amount)
  where status in ('RECORDED', 'APPROVED', 'PAID');
create index expenditure_newest on expenditure (community_id, created_at, id);
${tenantTableSql('expenditure')}
revoke delete on expenditure from {{service}};

alter table cashier_session add column hand_in_place text check (hand_in_place in ('BANK', 'SAFE'));
alter table safe_check add column book_amount bigint;
alter table safe_check add column counted_amount bigint check (counted_amount >= 0);

-- The journal of the safe 库存现金日记账: what each of the papers says went in and out, beside the ledger's account.
create view safe_journal with (security_invoker = true) as
  select community_id, 'DRAWN' as kind, amount, decided_at as occurred_at, id as cause_id
    from safe_movement where direction = 'TO_SAFE' and status = 'CONFIRMED'
  union all
  select community_id, 'BANKED', -amount, created_at, id from safe_movement where direction = 'TO_BANK'
  union all
  select community_id, 'NOT_BANKED', amount, decided_at, id
    from safe_movement where direction = 'TO_BANK' and status = 'REJECTED'
  union all
  select community_id, 'FLOAT', -amount, occurred_at, session_id
    from cash_entry where kind = 'FLOAT' and cause_id is null
  union all
  select community_id, 'SHORTAGE_MADE_GOOD', amount, made_good_at, session_id
    from cash_variance where status = 'MADE_GOOD'
  union all
  select community_id, 'HAND_IN', drop_amount, handed_in_at, id
    from cashier_session where hand_in_place = 'SAFE' and drop_amount > 0
  union all
  select community_id, 'EXPENDITURE', -amount, paid_at, id from expenditure where means = 'SAFE'
  union all
  select community_id, 'EXPENDITURE_BACK', amount, reversed_at, id
    from expenditure where means = 'SAFE' and status = 'REVERSED';
grant select on safe_journal to {{service}};
`;

const down = `
drop view safe_journal;
alter table safe_check drop column counted_amount;
alter table safe_check drop column book_amount;
alter table cashier_session drop column hand_in_place;
drop table expenditure, safe_movement;
`;

export const migration: Migration = { name: '20261122-2801-keep-safe', up, down };
