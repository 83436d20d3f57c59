import type { Migration } from '@steward/db';

import { contentUuidSql } from './20261122-1502-create-billing-account.ts';
import { checkPostingsSql, checkTransactionsSql } from './20261122-1504-create-ledger.ts';
import { ledgerLineSql, postBlockSql } from './20261122-1505-post-blocks.ts';

/** `post_block`; `onlyNew` is what confines the accounts that it opens, of which by itself it tries all. */
export const setWisePostBlockSql = (
  onlyNew = '',
): string => `-- One statement writes accounts, block, transactions and postings, so that each entry is read and its account's id made
-- once. The chain's row is locked before it: within a community nothing else opens an account meanwhile.
create or replace function post_block(p_community uuid, p_posted_at timestamptz, p_entries ledger_entry[]) returns bigint
language plpgsql set enable_seqscan = off as $$
declare
  v_tenant uuid := current_setting('app.tenant_id')::uuid;
  v_currency text;
  v_chain ledger_chain;
begin
  select currency into v_currency from community_reference where id = p_community;
  if v_currency is null then
    raise exception 'the community is not known' using errcode = 'LG007';
  end if;
  if (select count(*) <> count(distinct h.transaction_id) from (
        select distinct e.transaction_id, e.kind, e.occurred_on, e.cause_service, e.cause_type, e.cause_id, e.reverses_id
          from unnest(p_entries) e) h) then
    raise exception 'the entries of a transaction disagree' using errcode = 'LG004';
  end if;

  select * into v_chain from ledger_chain where community_id = p_community for update;
  if not found then
    insert into ledger_chain (community_id, tenant_id, height, hash)
    values (p_community, v_tenant, 0, ledger_genesis(p_community)) on conflict do nothing;
    select * into v_chain from ledger_chain where community_id = p_community for update;
  end if;
  v_chain.height := v_chain.height + 1;

  with entry as materialized (
    select e.*, ledger_account_id(p_community, v_currency, e.account_type, e.billing_account_id, e.charge_type_code,
                                  e.reference_id) as account_id
      from unnest(p_entries) e),
  accounts as (
    insert into ledger_account (id, tenant_id, community_id, currency, type, billing_account_id, charge_type_code,
                                reference_id)
    select distinct account_id, v_tenant, p_community, v_currency, account_type, billing_account_id, charge_type_code,
           reference_id from entry${onlyNew}
    on conflict (id) do nothing),
  block as (
    insert into ledger_block (community_id, height, tenant_id, previous_hash, hash, posted_at, transaction_count,
                              posting_count)
    select p_community, v_chain.height, v_tenant, v_chain.hash,
           ledger_block_hash(v_chain.hash, p_community, v_chain.height, p_posted_at, string_agg(
             ledger_line(transaction_id, line, kind, occurred_on, cause_service, cause_type, cause_id, reverses_id,
                         account_id, amount, charge_id), chr(10) order by transaction_id, line)),
           p_posted_at, count(distinct transaction_id), count(*) from entry
    returning hash),
  transactions as (
    insert into ledger_transaction (id, tenant_id, community_id, height, kind, occurred_on, cause_service, cause_type,
                                    cause_id, reverses_id, posting_count)
    select transaction_id, v_tenant, p_community, v_chain.height, kind, occurred_on, cause_service, cause_type, cause_id,
           reverses_id, count(*)
      from entry
     group by transaction_id, kind, occurred_on, cause_service, cause_type, cause_id, reverses_id),
  postings as (
    insert into ledger_posting (transaction_id, line, tenant_id, account_id, amount, occurred_on, charge_id)
    select transaction_id, line, v_tenant, account_id, amount, occurred_on, charge_id from entry)
  update ledger_chain c set height = v_chain.height, hash = b.hash from block b where c.community_id = p_community;
  return v_chain.height;
end $$;
`;

/** What a later migration looks for in the same pass, and refuses after it. */
export type FoundInPass = Record<'declared' | 'asked' | 'kept' | 'summed' | 'seen' | 'refused', string>;

const nothingMore: FoundInPass = { declared: '', asked: '', kept: '', summed: '', seen: '', refused: '' };

export const setWiseCheckPostingsSql = (
  found: FoundInPass = nothingMore,
): string => `-- One pass over what a statement brings. What a posting names is looked up by its key, one row each (that is what the
-- limits are for): whatever the planner believes of the sizes, it cannot go through all accounts once for each posting.
create or replace function check_ledger_postings() returns trigger language plpgsql
set enable_seqscan = off as $$
declare
  v_fits boolean;
  v_is_whole boolean;
  v_is_balanced boolean;
  v_has_reversals boolean;${found.declared}
begin
  select bool_and(w.fits), bool_and(w.is_whole), bool_and(w.is_balanced), bool_or(w.is_reversal)${found.asked}
    into v_fits, v_is_whole, v_is_balanced, v_has_reversals${found.kept}
    from (
      select bool_and(s.fits) as fits, bool_and(s.summed = 0) as is_balanced, bool_or(s.is_reversal) as is_reversal,${found.summed}
             sum(s.lines) = min(s.promised) and min(s.first_line) = 1 and max(s.last_line) = min(s.promised) as is_whole
        from (
          select n.transaction_id, a.currency, sum(n.amount) as summed, count(*) as lines, min(n.line) as first_line,
                 max(n.line) as last_line, min(t.posting_count) as promised,
                 bool_or(t.reverses_id is not null) as is_reversal,${found.seen}
                 bool_and(coalesce(
                   a.community_id = t.community_id and n.occurred_on = t.occurred_on and t.tenant_id = n.tenant_id
                   and (a.type = 'RECEIVABLE') = (n.charge_id is not null) and (n.charge_id is null or c.fits),
                   false)) as fits
            from new_rows n
            left join lateral (select * from ledger_transaction where id = n.transaction_id limit 1) t on true
            left join lateral (select * from ledger_account where id = n.account_id limit 1) a on true
            left join lateral (
              select billing_account_id = a.billing_account_id and charge_type_code = a.charge_type_code
                     and currency = a.currency as fits
                from charge where id = n.charge_id limit 1) c on n.charge_id is not null
           group by n.transaction_id, a.currency) s
       group by s.transaction_id) w;
  if not v_fits then
    raise exception 'a posting does not fit its transaction, account or charge' using errcode = 'LG003';
  end if;
  if not v_is_whole then
    raise exception 'a transaction is posted whole' using errcode = 'LG004';
  end if;
  if not v_is_balanced then
    raise exception 'a transaction does not sum to zero' using errcode = 'LG005';
  end if;
  if v_has_reversals and exists (
    select 1 from new_rows n
      join lateral (select * from ledger_transaction where id = n.transaction_id limit 1) t on t.reverses_id is not null
      join lateral (select * from ledger_transaction where id = t.reverses_id limit 1) r on true
      left join lateral (
        select true as is_opposite from ledger_posting p
         where p.transaction_id = r.id and p.line = n.line and p.account_id = n.account_id and p.amount = -n.amount
           and p.charge_id is not distinct from n.charge_id limit 1) o on true
     where o.is_opposite is null or r.posting_count <> t.posting_count or r.reverses_id is not null) then
    raise exception 'a reversal is the exact opposite of what it reverses' using errcode = 'LG006';
  end if;
${found.refused}  return null;
end $$;`;

// Everything answers and refuses what it did before; what follows says why it is written in another way.
const up = `
-- Without convert_to, which counts as dependent on settings, the planner puts the expression in the place of the call.
-- The text goes into bytes as it is: in a database of UTF-8 that is its encoding, and a backslash is doubled for bytea.
create or replace function content_uuid(content text) returns uuid language sql immutable strict parallel safe
  return encode(set_byte(set_byte(substring(sha256(replace(content, '\\', '\\\\')::bytea) from 1 for 16), 6, 128), 8, 128),
                'hex')::uuid;

-- Numbers are cast to text by name: joining text with a number counts as dependent on settings too.
create or replace function ledger_line(transaction_id uuid, line int, kind text, occurred_on date, cause_service text,
    cause_type text, cause_id uuid, reverses_id uuid, account_id uuid, amount bigint, charge_id uuid) returns text
  language sql immutable parallel safe
  return transaction_id::text || '|' || line::text || '|' || kind || '|' || (occurred_on - date '2000-01-01')::text
         || '|' || cause_service || '|' || cause_type || '|' || cause_id::text || '|'
         || coalesce(reverses_id::text, '-') || '|' || account_id::text || '|' || amount::text || '|'
         || coalesce(charge_id::text, '-');

create or replace function check_ledger_transactions() returns trigger language plpgsql
set enable_seqscan = off as $$
begin
  if exists (
    select 1 from (select community_id, min(occurred_on) as first_on from new_rows group by community_id) n
      join ledger_chain c on c.community_id = n.community_id and n.first_on < c.closed_to) then
    raise exception 'the period is closed' using errcode = 'LG002';
  end if;
  return null;
end $$;

${setWiseCheckPostingsSql()}

${setWisePostBlockSql()}`;

const orReplace = (sql: string): string => sql.replace('create function', 'create or replace function');

const down = `
${[contentUuidSql, ledgerLineSql, checkTransactionsSql, checkPostingsSql, postBlockSql].map(orReplace).join('\n')}
`;

export const migration: Migration = { name: '20261122-1801-post-set-wise', up, down };
