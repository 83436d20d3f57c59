import type { Migration } from '@steward/db';

import { verifyBooksSql } from './20261122-1507-verify-ledger.ts';

/** Each call is planned for the community and the part it names: what is right for ten postings is not for a million. */
const setWise = `set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB'`;

const raising = `t.kind in ('CHARGE', 'OPENING', 'LATE_FEE')`;

const frameSql = `
-- What is looked at whole each time, because it is little: the head of the chain and of days, closed periods, ids that do
-- not follow from what they name, and published figures against the months of the postings that they are the sum of.
create function verify_ledger_frame(p_community uuid) returns table (finding text, subject text)
language plpgsql stable ${setWise} as $$
begin
  return query
  with monthly as materialized (
    select y.type, y.charge_type_code, date_trunc('month', p.occurred_on)::date as starts_on,
           sum(case when y.type = 'REVENUE' then -p.amount else p.amount end) as amount
      from ledger_account y join ledger_posting p on p.account_id = y.id
     where y.community_id = p_community and y.type in ('REVENUE', 'WAIVER', 'EXPENSE')
       and exists (select 1 from published_accounts a where a.community_id = p_community)
     group by 1, 2, 3)
  select 'HEAD_ALTERED', p_community::text
   where exists (select 1 from ledger_block b where b.community_id = p_community)
     and not exists (
       select 1 from ledger_chain c
        where c.community_id = p_community
          and c.height = (select max(b.height) from ledger_block b where b.community_id = p_community)
          and c.hash = (select b.hash from ledger_block b where b.community_id = p_community and b.height = c.height)
          and c.closed_to is not distinct from
              (select max(p.ends_on) from ledger_period p where p.community_id = p_community))
  union all
  select 'HEAD_ALTERED', h.id::text from ledger_head h
   where h.community_id = p_community and h.height > 0
     and not exists (select 1 from ledger_block b
                      where b.community_id = p_community and b.height = h.height and b.hash = h.hash)
  union all
  select 'PERIOD_ALTERED', p.id::text from ledger_period p
   where p.community_id = p_community
     and (p.starts_on <> (p.month || '-01')::date or p.ends_on <> (p.starts_on + interval '1 month')::date
          or (p.height > 0 and not exists (select 1 from ledger_block b
                where b.community_id = p_community and b.height = p.height and b.hash = p.hash)))
  union all
  select 'ACCOUNT_ALTERED', a.id::text from ledger_account a
   where a.community_id = p_community
     and a.id <> ledger_account_id(a.community_id, a.currency, a.type, a.billing_account_id, a.charge_type_code,
                                   a.reference_id)
  union all
  select 'PARTY_ALTERED', b.id::text from billing_account b
   where b.community_id = p_community
     and b.id <> billing_account_id(b.community_id, b.unit_id, b.party_kind, b.party_id)
  union all
  select 'PARTY_MISSING', a.billing_account_id::text from ledger_account a
    left join billing_account b on b.id = a.billing_account_id and b.community_id = p_community
   where a.community_id = p_community and a.billing_account_id is not null and b.id is null
  union all
  select 'SNAPSHOT_ALTERED', s.account_id::text from ledger_period_balance s
    left join ledger_account a on a.id = s.account_id and a.community_id = p_community
   where s.community_id = p_community and a.id is null
  union all
  select 'PUBLICATION_ALTERED', a.id::text
    from published_accounts a
   where a.community_id = p_community
     and (not exists (select 1 from ledger_block b
                       where b.community_id = p_community and b.height = a.height and b.hash = a.hash)
          or exists (
            select 1
              from (select m.type, m.charge_type_code, sum(m.amount) as amount from monthly m
                     where m.starts_on >= a.starts_on and m.starts_on < a.ends_on group by 1, 2) summed
              full join (select f.account_type, f.charge_type_code, f.amount from published_figure f
                          where f.published_accounts_id = a.id) told
                on told.account_type = summed.type
               and coalesce(told.charge_type_code, '') = coalesce(summed.charge_type_code, '')
             where summed.amount is distinct from told.amount));
end $$;`;

const namesSql = `
-- What the postings of a range of blocks name and nobody has.
create function verify_ledger_names(p_community uuid, p_from bigint, p_to bigint) returns table (finding text, subject text)
language plpgsql stable ${setWise} as $$
begin
  return query
  select distinct n.what, n.subject
    from (
      select case when a.id is null then 'ACCOUNT_MISSING' end as account, p.account_id,
             case when p.charge_id is not null and c.id is null then 'CHARGE_MISSING' end as charge, p.charge_id
        from ledger_transaction t join ledger_posting p on p.transaction_id = t.id
        left join ledger_account a on a.id = p.account_id and a.community_id = p_community
        left join charge c on c.id = p.charge_id and c.community_id = p_community
       where t.community_id = p_community and t.height between p_from and p_to
         and (a.id is null or (p.charge_id is not null and c.id is null))) m
   cross join lateral (values (m.account, m.account_id::text), (m.charge, m.charge_id::text)) as n(what, subject)
   where n.what is not null;
end $$;`;

const snapshotsSql = `
-- Balances of closed periods against the postings before their ends, each posting read once: what moved between two ends
-- is summed, and these sums are run up in order.
create function verify_ledger_snapshots(p_community uuid, p_accounts uuid[]) returns table (finding text, subject text)
language plpgsql stable ${setWise} as $$
declare
  v_ends date[] := array(select ends_on from ledger_period where community_id = p_community order by 1);
begin
  return query
  with moved as (
    select p.account_id, width_bucket(p.occurred_on, v_ends) as place, sum(p.amount) as amount
      from unnest(p_accounts) as k(id) join ledger_posting p on p.account_id = k.id
     group by 1, 2
  ), kept as (
    select b.account_id, array_position(v_ends, b.ends_on) - 1 as place, b.balance
      from unnest(p_accounts) as k(id) join ledger_period_balance b on b.account_id = k.id
  ), run_up as (
    select account_id, place, k.balance, sum(coalesce(m.amount, 0)) over (partition by account_id order by place) as summed
      from moved m full join kept k using (account_id, place)
  )
  select case when r.balance is null then 'SNAPSHOT_MISSING' else 'SNAPSHOT_ALTERED' end, r.account_id::text
    from run_up r
   where case when r.balance is null then r.place < cardinality(v_ends) else r.place is null or r.balance <> r.summed end;
end $$;`;

const chargesSql = `
-- Charges against the postings that raised them, and against the line and the run that they come from.
create function verify_ledger_charges(p_community uuid, p_charges uuid[]) returns table (finding text, subject text)
language plpgsql stable ${setWise} as $$
begin
  return query
  with posted as materialized (
    select c.id, p.transaction_id, p.amount, t.kind, t.occurred_on, t.reverses_id, ${raising} as is_raising,
           (t.cause_service, t.cause_type, t.cause_id) = (c.cause_service, c.cause_type, c.cause_id) as is_caused,
           a.billing_account_id = c.billing_account_id and a.charge_type_code = c.charge_type_code
             and a.currency = c.currency as fits
      from unnest(p_charges) as k(id) join charge c on c.id = k.id
      join ledger_posting p on p.charge_id = c.id join ledger_transaction t on t.id = p.transaction_id
      join ledger_account a on a.id = p.account_id
  ), taxed as (
    select x.id, -sum(y.amount) as amount
      from posted x join ledger_posting y on y.transaction_id = x.transaction_id
      join ledger_account a on a.id = y.account_id and a.type = 'TAX_PAYABLE'
     where x.is_raising group by 1
  ), reversed as (
    select distinct x.id from posted x join ledger_transaction t on t.id = x.reverses_id
     where x.kind = 'REVERSAL' and ${raising}
  ), summed as (
    select id, sum(amount) as outstanding, sum(amount) filter (where is_raising) as raised,
           min(occurred_on) filter (where is_raising) as raised_on, bool_and(is_caused) filter (where is_raising) as is_caused,
           bool_and(fits) as fits
      from posted group by 1
  )
  select 'CHARGE_ALTERED', c.id::text
    from unnest(p_charges) as k(id) join charge c on c.id = k.id and c.community_id = p_community
    left join summed s on s.id = c.id left join taxed x on x.id = c.id left join reversed v on v.id = c.id
    left join charge_line n on n.id = c.id left join charge_run r on r.id = c.run_id
   where coalesce(s.raised, 0) <> c.amount or coalesce(x.amount, 0) <> c.tax_amount or s.fits is false
      or s.is_caused is false or s.raised_on <> c.occurred_on
      or (c.amount <> 0 and (c.status = 'REVERSED') <> (v.id is not null))
      or (c.status = 'SETTLED' and s.outstanding > 0) or (c.status = 'OPEN' and s.outstanding <= 0 and c.amount > 0)
      or (n.id is not null
          and (n.run_id, n.billing_account_id, n.unit_id, n.charge_type_code, n.amount, n.tax_amount, n.period_from, n.period_to)
              is distinct from (c.run_id, c.billing_account_id, c.unit_id, c.charge_type_code, c.amount, c.tax_amount,
                                c.period_from, c.period_to))
      or (r.id is not null and (r.due_on, r.number || '-' || n.line) is distinct from (c.due_on, c.number));
end $$;`;

export const booksSql = `
-- All of it in one go, for whoever has the time.
create or replace function verify_ledger_books(p_community uuid) returns table (finding text, subject text)
language sql stable
begin atomic
  select * from verify_ledger_frame(p_community)
  union all
  select * from verify_ledger_names(p_community, 1, 9223372036854775807)
  union all
  select * from verify_ledger_snapshots(p_community, array(select id from ledger_account where community_id = p_community))
  union all
  select * from verify_ledger_charges(p_community, array(select id from charge where community_id = p_community));
end;`;

const figuresStay = (more: string): string => `
drop trigger charge_figures_stay on charge;
create trigger charge_figures_stay before update of id, tenant_id, community_id, number, billing_account_id, unit_id,
    charge_type_code, amount, tax_amount, currency, occurred_on, cause_service, cause_type, cause_id, run_id${more} on charge
  for each statement execute function refuse_ledger_change();`;

// The books of a large community take longer than a statement may: each part takes a range, and none goes through postings
// once for each account and month.
const up = `${frameSql}
${namesSql}
${snapshotsSql}
${chargesSql}
${booksSql}
${figuresStay(', due_on, period_from, period_to')}
`;

const down = `${figuresStay('')}
drop function verify_ledger_books(uuid);
${verifyBooksSql}
drop function verify_ledger_charges(uuid, uuid[]);
drop function verify_ledger_snapshots(uuid, uuid[]);
drop function verify_ledger_names(uuid, bigint, bigint);
drop function verify_ledger_frame(uuid);
`;

export const migration: Migration = { name: '20261122-2401-verify-in-steps', up, down };
