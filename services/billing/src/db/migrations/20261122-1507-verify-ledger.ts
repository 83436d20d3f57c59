import type { Migration } from '@steward/db';

export const verifyBooksSql = `create function verify_ledger_books(p_community uuid) returns table (finding text, subject text)
language plpgsql stable as $$
begin
  return query
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
  select 'ACCOUNT_MISSING', p.account_id::text
    from ledger_transaction t join ledger_posting p on p.transaction_id = t.id
    left join ledger_account a on a.id = p.account_id and a.community_id = p_community
   where t.community_id = p_community and a.id is null
  union all
  select 'PARTY_ALTERED', b.id::text from billing_account b
   where b.community_id = p_community
     and b.id <> billing_account_id(b.community_id, b.unit_id, b.party_kind, b.party_id)
  union all
  select 'PARTY_MISSING', a.billing_account_id::text from ledger_account a
    left join billing_account b on b.id = a.billing_account_id and b.community_id = p_community
   where a.community_id = p_community and a.billing_account_id is not null and b.id is null
  union all
  select 'SNAPSHOT_ALTERED', s.account_id::text
    from (select b.account_id, b.ends_on, b.balance,
                 coalesce((select sum(p.amount) from ledger_posting p
                            where p.account_id = b.account_id and p.occurred_on < b.ends_on), 0) as summed
            from ledger_period_balance b where b.community_id = p_community) s
   where s.balance <> s.summed
  union all
  select 'PUBLICATION_ALTERED', a.id::text
    from published_accounts a
   where a.community_id = p_community
     and (not exists (select 1 from ledger_block b
                       where b.community_id = p_community and b.height = a.height and b.hash = a.hash)
          or exists (
            select 1
              from (select y.type, y.charge_type_code, sum(case when y.type = 'REVENUE' then -p.amount else p.amount end) as amount
                      from ledger_account y join ledger_posting p on p.account_id = y.id
                     where y.community_id = p_community and y.type in ('REVENUE', 'WAIVER', 'EXPENSE')
                       and p.occurred_on >= a.starts_on and p.occurred_on < a.ends_on
                     group by 1, 2) summed
              full join (select f.account_type, f.charge_type_code, f.amount from published_figure f
                          where f.published_accounts_id = a.id) told
                on told.account_type = summed.type
               and coalesce(told.charge_type_code, '') = coalesce(summed.charge_type_code, '')
             where summed.amount is distinct from told.amount))
  union all
  select 'CHARGE_ALTERED', c.id::text
    from charge c
    left join lateral (
      select sum(p.amount) filter (where t.kind in ('CHARGE', 'OPENING', 'LATE_FEE')) as raised,
             min(t.occurred_on) filter (where t.kind in ('CHARGE', 'OPENING', 'LATE_FEE')) as raised_on,
             count(*) filter (where t.kind = 'REVERSAL' and exists (
               select 1 from ledger_transaction r where r.id = t.reverses_id
                  and r.kind in ('CHARGE', 'OPENING', 'LATE_FEE'))) as reversed,
             bool_and(a.billing_account_id = c.billing_account_id and a.charge_type_code = c.charge_type_code
                      and a.currency = c.currency) as fits,
             sum(p.amount) as outstanding,
             sum((select -sum(x.amount) from ledger_posting x join ledger_account y on y.id = x.account_id
                   where x.transaction_id = t.id and y.type = 'TAX_PAYABLE'))
               filter (where t.kind in ('CHARGE', 'OPENING', 'LATE_FEE')) as taxed
        from ledger_posting p join ledger_transaction t on t.id = p.transaction_id
        join ledger_account a on a.id = p.account_id
       where p.charge_id = c.id) l on true
   where c.community_id = p_community
     and (coalesce(l.raised, 0) <> c.amount or coalesce(l.taxed, 0) <> c.tax_amount or l.fits is false or l.raised_on <> c.occurred_on
          or (c.amount <> 0 and (c.status = 'REVERSED') <> (l.reversed > 0))
          or (c.status = 'SETTLED' and l.outstanding > 0) or (c.status = 'OPEN' and l.outstanding <= 0 and c.amount > 0))
  union all
  select 'CHARGE_MISSING', p.charge_id::text
    from ledger_transaction t join ledger_posting p on p.transaction_id = t.id
    left join charge c on c.id = p.charge_id and c.community_id = p_community
   where t.community_id = p_community and p.charge_id is not null and c.id is null;
end $$;`;

const up = `
-- What does not fit in the blocks of a range, recomputed from what is there: each block's place, its hash over its
-- transactions and postings, and the counts that it names.
create function verify_ledger_blocks(p_community uuid, p_from bigint, p_to bigint)
  returns table (finding text, height bigint)
language plpgsql stable as $$
begin
  return query
  with content as (
    select t.height, count(distinct t.id)::int as transactions, count(p.line)::int as postings,
           count(*) filter (where p.line is null or p.occurred_on <> t.occurred_on) as misfits,
           count(distinct t.id) filter (where p.line = 1) as firsts,
           sum(case when p.line = 1 then t.posting_count end)::int as promised,
           string_agg(ledger_line(t.id, p.line, t.kind, t.occurred_on, t.cause_service, t.cause_type, t.cause_id,
                                  t.reverses_id, p.account_id, p.amount, p.charge_id), chr(10) order by t.id, p.line) as lines
      from ledger_transaction t left join ledger_posting p on p.transaction_id = t.id
     where t.community_id = p_community and t.height between p_from and p_to
     group by t.height
  ), place as (
    select h.height, b.hash, b.previous_hash, b.posted_at, b.transaction_count, b.posting_count, b.height is null as is_missing,
           coalesce((select q.hash from ledger_block q where q.community_id = p_community and q.height = h.height - 1),
                    case when h.height = 1 then ledger_genesis(p_community) end) as expected_previous
      from generate_series(p_from, p_to) h(height)
      left join ledger_block b on b.community_id = p_community and b.height = h.height
  )
  select case
           when p.is_missing then 'BLOCK_MISSING'
           when p.previous_hash is distinct from p.expected_previous then 'BLOCK_UNLINKED'
           else 'BLOCK_ALTERED' end, p.height
    from place p left join content c using (height)
   where p.is_missing or p.previous_hash is distinct from p.expected_previous
      or p.transaction_count is distinct from c.transactions or p.posting_count is distinct from c.postings
      or c.misfits > 0 or c.firsts <> c.transactions or c.promised <> c.postings
      or p.hash is distinct from ledger_block_hash(p.previous_hash, p_community, p.height, p.posted_at, c.lines)
   order by p.height;
end $$;

-- What else of a community's books does not fit: the head of the chain, ids of accounts that do not follow from what they
-- name, snapshots and closed periods, published heads, and charges against the postings that raised them.
${verifyBooksSql}
`;

const down = `
drop function verify_ledger_books(uuid);
drop function verify_ledger_blocks(uuid, bigint, bigint);
`;

export const migration: Migration = { name: '20261122-1507-verify-ledger', up, down };
