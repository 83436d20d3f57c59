import type { Migration } from '@steward/db';

import { closeLedgerSql } from './20261122-1506-close-periods.ts';

const orReplace = (sql: string): string => sql.replace('create function', 'create or replace function');

// Nobody posts while it runs, so what moved is summed in one pass and added to the snapshot before, instead of looking for
// the accounts first and asking for the balance of each.
const up = `
create or replace function close_ledger(p_community uuid, p_ends_on date) returns ledger_chain
language plpgsql set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
  v_chain ledger_chain;
begin
  select * into v_chain from ledger_chain where community_id = p_community for update;
  if v_chain.closed_to >= p_ends_on then
    raise exception 'the period is closed' using errcode = 'LG002';
  end if;
  insert into ledger_period_balance (account_id, ends_on, tenant_id, community_id, balance)
  select m.id, p_ends_on, m.tenant_id, p_community, coalesce(last.balance, 0) + m.amount
    from (
      select a.id, a.tenant_id, sum(p.amount) as amount from ledger_account a join ledger_posting p on p.account_id = a.id
       where a.community_id = p_community and p.occurred_on >= coalesce(v_chain.closed_to, '-infinity'::date)
         and p.occurred_on < p_ends_on
       group by 1, 2) m
    left join lateral (
      select b.balance from ledger_period_balance b where b.account_id = m.id order by b.ends_on desc limit 1) last on true;
  update ledger_chain set closed_to = p_ends_on where community_id = p_community returning * into v_chain;
  return v_chain;
end $$;
`;

const down = orReplace(closeLedgerSql);

export const migration: Migration = { name: '20261122-2403-close-in-one-pass', up, down };
