import { tenantTableSql, type Migration } from '@steward/db';

const accountTypes = `'RECEIVABLE', 'CASH_IN_HAND', 'CASH_IN_SAFE', 'CASH_IN_TRANSIT', 'BANK', 'CHEQUES',
  'CARD_CLEARING', 'PROVIDER', 'SIGNED_BILLS', 'CASH_SHORT', 'TILL_LOAN', 'ADVANCE', 'PREPAID', 'DEPOSIT',
  'TAX_PAYABLE', 'PASS_THROUGH', 'REFUND_PAYABLE', 'CASH_OVER', 'REVENUE', 'WAIVER', 'EXPENSE', 'OPENING_BALANCE'`;

const appendOnly = (table: string): string => `
create trigger ${table}_append_only before update or delete or truncate on ${table}
  for each statement execute function refuse_ledger_change();`;

export const checkTransactionsSql = `create function check_ledger_transactions() returns trigger language plpgsql as $$
begin
  if exists (select 1 from new_rows n join ledger_chain c on c.community_id = n.community_id
              where n.occurred_on < c.closed_to) then
    raise exception 'the period is closed' using errcode = 'LG002';
  end if;
  return null;
end $$;`;

export const checkPostingsSql = `create function check_ledger_postings() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  if exists (
    select 1 from new_rows n
      left join ledger_transaction t on t.id = n.transaction_id
      left join ledger_account a on a.id = n.account_id
      left join charge c on c.id = n.charge_id
     where t.id is null or a.id is null or a.community_id <> t.community_id or n.occurred_on <> t.occurred_on
        or t.tenant_id <> n.tenant_id or (a.type = 'RECEIVABLE') <> (n.charge_id is not null)
        or (n.charge_id is not null and (c.id is null or c.billing_account_id <> a.billing_account_id
                                         or c.charge_type_code <> a.charge_type_code or c.currency <> a.currency))) then
    raise exception 'a posting does not fit its transaction, account or charge' using errcode = 'LG003';
  end if;
  if (select count(*) from (
    select 1 from new_rows n join ledger_transaction t on t.id = n.transaction_id
     group by n.transaction_id, t.posting_count
    having count(*) <> t.posting_count or min(n.line) <> 1 or max(n.line) <> t.posting_count) wrong) > 0 then
    raise exception 'a transaction is posted whole' using errcode = 'LG004';
  end if;
  if (select count(*) from (
    select 1 from new_rows n join ledger_account a on a.id = n.account_id
     group by n.transaction_id, a.currency having sum(n.amount) <> 0) wrong) > 0 then
    raise exception 'a transaction does not sum to zero' using errcode = 'LG005';
  end if;
  if exists (
    select 1 from new_rows n
      join ledger_transaction t on t.id = n.transaction_id and t.reverses_id is not null
      join ledger_transaction r on r.id = t.reverses_id
      left join ledger_posting p on p.transaction_id = r.id and p.line = n.line and p.account_id = n.account_id
                                and p.amount = -n.amount and p.charge_id is not distinct from n.charge_id
     where p.line is null or r.posting_count <> t.posting_count or r.reverses_id is not null) then
    raise exception 'a reversal is the exact opposite of what it reverses' using errcode = 'LG006';
  end if;
  return null;
end $$;`;

const up = `
create function ledger_account_id(community uuid, currency text, account_type text, billing_account uuid,
                                  charge_type text, reference uuid) returns uuid
  language sql immutable parallel safe
  return content_uuid('ledger-account|' || community::text || '|' || currency || '|' || account_type || '|'
                      || coalesce(billing_account::text, '-') || '|' || coalesce(charge_type, '-') || '|'
                      || coalesce(reference::text, '-'));

-- One account per community, kind, liable party with its unit, charge type, and what else it belongs to (a till).
create table ledger_account (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  type text not null check (type in (${accountTypes})),
  billing_account_id uuid,
  charge_type_code text check (charge_type_code ~ '^[A-Z][A-Z0-9_]*$'),
  reference_id uuid,
  constraint ledger_account_content check (
    id = ledger_account_id(community_id, currency, type, billing_account_id, charge_type_code, reference_id)),
  check (type <> 'RECEIVABLE' or (billing_account_id is not null and charge_type_code is not null)),
  check (type not in ('ADVANCE', 'PREPAID', 'DEPOSIT') or billing_account_id is not null),
  foreign key (tenant_id, billing_account_id) references billing_account (tenant_id, id)
);
create index ledger_account_of_type on ledger_account (community_id, type, charge_type_code);
create index ledger_account_of_billing_account on ledger_account (billing_account_id)
  where billing_account_id is not null;
${tenantTableSql('ledger_account', { appendOnly: true })}

-- Where a community's chain of blocks ends; its row is the lock under which blocks are appended and periods closed.
create table ledger_chain (
  community_id uuid primary key,
  tenant_id uuid not null,
  height bigint not null check (height >= 0),
  hash bytea not null,
  closed_to date
);
${tenantTableSql('ledger_chain')}
revoke delete on ledger_chain from {{service}};

create table ledger_block (
  community_id uuid not null,
  height bigint not null check (height >= 1),
  tenant_id uuid not null,
  previous_hash bytea not null,
  hash bytea not null,
  posted_at timestamptz not null,
  transaction_count int not null check (transaction_count >= 1),
  posting_count int not null check (posting_count >= 2),
  primary key (community_id, height)
);
${tenantTableSql('ledger_block', { appendOnly: true })}

create table ledger_transaction (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  height bigint not null,
  kind text not null check (kind ~ '^[A-Z][A-Z_]*$'),
  occurred_on date not null,
  cause_service text not null check (cause_service ~ '^[a-z][a-z-]*$'),
  cause_type text not null check (cause_type ~ '^[a-z][a-z0-9-]*$'),
  cause_id uuid not null,
  reverses_id uuid references ledger_transaction (id),
  posting_count int not null check (posting_count >= 2),
  foreign key (community_id, height) references ledger_block (community_id, height)
);
create index ledger_transaction_of_block on ledger_transaction (community_id, height);
create index ledger_transaction_of_day on ledger_transaction (community_id, occurred_on);
create index ledger_transaction_of_cause on ledger_transaction (cause_id);
-- A transaction is taken back once.
create unique index ledger_transaction_reversal on ledger_transaction (reverses_id) where reverses_id is not null;
${tenantTableSql('ledger_transaction', { appendOnly: true })}

-- Debits are positive, credits negative, in minor units of the account's currency.
create table ledger_posting (
  transaction_id uuid not null references ledger_transaction (id),
  line int not null,
  tenant_id uuid not null,
  account_id uuid not null references ledger_account (id),
  amount bigint not null check (amount <> 0 and abs(amount) <= 9007199254740991),
  occurred_on date not null,
  charge_id uuid,
  primary key (transaction_id, line)
);
create index ledger_posting_of_account on ledger_posting (account_id, occurred_on) include (amount);
create index ledger_posting_of_charge on ledger_posting (charge_id) include (amount) where charge_id is not null;
${tenantTableSql('ledger_posting', { appendOnly: true })}

create view charge_outstanding with (security_invoker = true) as
  select charge_id, sum(amount)::bigint as outstanding from ledger_posting where charge_id is not null
   group by charge_id;
grant select on charge_outstanding to {{service}};

create function refuse_ledger_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger only grows: % of % is refused, post a reversal', tg_op, tg_table_name
    using errcode = 'LG001';
end $$;
${['ledger_account', 'ledger_block', 'ledger_transaction', 'ledger_posting'].map(appendOnly).join('')}

-- What was charged to whom does not change; how far it has come does.
create trigger charge_figures_stay before update of id, tenant_id, community_id, number, billing_account_id, unit_id,
    charge_type_code, amount, tax_amount, currency, occurred_on, cause_service, cause_type, cause_id, run_id on charge
  for each statement execute function refuse_ledger_change();
create trigger charge_stays before delete or truncate on charge
  for each statement execute function refuse_ledger_change();

-- A closed period takes nothing in.
${checkTransactionsSql}
create trigger ledger_transaction_checks after insert on ledger_transaction
  referencing new table as new_rows for each statement execute function check_ledger_transactions();

-- Counted rather than asked whether there is one: for the first row alone the planner would go through thousands of new
-- rows once for each of them.
-- Each statement brings whole transactions only, numbered from 1, of one community, each currency at zero; money owed
-- names its charge and nothing else does.
-- Always by the indexes: a plan made while the tables are small would read them whole for as long as a session lives.
${checkPostingsSql}
create trigger ledger_posting_checks after insert on ledger_posting
  referencing new table as new_rows for each statement execute function check_ledger_postings();
`;

const down = `
drop view charge_outstanding;
drop trigger charge_stays on charge;
drop trigger charge_figures_stay on charge;
drop table ledger_posting, ledger_transaction, ledger_block, ledger_chain, ledger_account;
drop function check_ledger_postings();
drop function check_ledger_transactions();
drop function refuse_ledger_change();
drop function ledger_account_id(uuid, text, text, uuid, text, uuid);
`;

export const migration: Migration = { name: '20261122-1504-create-ledger', up, down };
