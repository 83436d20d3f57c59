import { tenantTableSql, type Migration } from '@steward/db';

export const closeLedgerSql = `create function close_ledger(p_community uuid, p_ends_on date) returns ledger_chain
language plpgsql as $$
declare
  v_chain ledger_chain;
begin
  select * into v_chain from ledger_chain where community_id = p_community for update;
  if v_chain.closed_to >= p_ends_on then
    raise exception 'the period is closed' using errcode = 'LG002';
  end if;
  insert into ledger_period_balance (account_id, ends_on, tenant_id, community_id, balance)
  select moved.id, p_ends_on, moved.tenant_id, p_community, ledger_balance_before(moved.id, p_ends_on)
    from (select distinct a.id, a.tenant_id from ledger_account a join ledger_posting p on p.account_id = a.id
           where a.community_id = p_community and p.occurred_on >= coalesce(v_chain.closed_to, '-infinity'::date)
             and p.occurred_on < p_ends_on) moved;
  update ledger_chain set closed_to = p_ends_on where community_id = p_community returning * into v_chain;
  return v_chain;
end $$;`;

const up = `
-- A month of a community's books that takes no more postings, with the head of its chain when it was closed.
create table ledger_period (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  height bigint not null,
  hash bytea not null,
  unique (tenant_id, id),
  unique (community_id, month),
  constraint ledger_period_number_unique unique (tenant_id, community_id, number)
);
create index ledger_period_newest on ledger_period (community_id, starts_on, id);
${tenantTableSql('ledger_period', { appendOnly: true })}

-- Balances at the end of a closed period, of accounts that had moved in it. What comes after is summed from postings, so
-- no row is written to by two who post.
create table ledger_period_balance (
  account_id uuid not null references ledger_account (id),
  ends_on date not null,
  tenant_id uuid not null,
  community_id uuid not null,
  balance bigint not null,
  primary key (account_id, ends_on)
);
create index ledger_period_balance_of_period on ledger_period_balance (community_id, ends_on);
${tenantTableSql('ledger_period_balance', { appendOnly: true })}

-- Where the chain stood at the end of a day, as it was published.
create table ledger_head (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  on_day date not null,
  height bigint not null,
  hash bytea not null,
  unique (community_id, on_day)
);
${tenantTableSql('ledger_head', { appendOnly: true })}
create trigger ledger_head_append_only before update or delete or truncate on ledger_head
  for each statement execute function refuse_ledger_change();

create trigger ledger_period_append_only before update or delete or truncate on ledger_period
  for each statement execute function refuse_ledger_change();
create trigger ledger_period_balance_append_only before update or delete or truncate on ledger_period_balance
  for each statement execute function refuse_ledger_change();

-- The balance before a day: the last snapshot not after it and what was posted since; debit is positive.
create function ledger_balance_before(p_account uuid, p_day date) returns bigint language sql stable parallel safe
begin atomic
  select (coalesce(last.balance, 0) + coalesce((
           select sum(p.amount) from ledger_posting p
            where p.account_id = p_account and p.occurred_on >= coalesce(last.ends_on, '-infinity'::date)
              and p.occurred_on < p_day), 0))::bigint
    from (select 1) one
    left join lateral (
      select b.balance, b.ends_on from ledger_period_balance b
       where b.account_id = p_account and b.ends_on <= p_day order by b.ends_on desc limit 1) last on true;
end;

create function ledger_balance(p_account uuid) returns bigint language sql stable parallel safe
  return ledger_balance_before(p_account, 'infinity'::date);

-- Closes the books of a community up to a day: nobody posts while it does, nothing is posted before the day after it.
${closeLedgerSql}
`;

const down = `
drop function close_ledger(uuid, date);
drop function ledger_balance(uuid);
drop function ledger_balance_before(uuid, date);
drop table ledger_head, ledger_period_balance, ledger_period;
`;

export const migration: Migration = { name: '20261122-1506-close-periods', up, down };
