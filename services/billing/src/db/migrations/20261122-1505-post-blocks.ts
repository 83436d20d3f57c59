import type { Migration } from '@steward/db';

export const ledgerLineSql = `create function ledger_line(transaction_id uuid, line int, kind text, occurred_on date, cause_service text,
    cause_type text, cause_id uuid, reverses_id uuid, account_id uuid, amount bigint, charge_id uuid) returns text
  language sql immutable parallel safe
  return transaction_id::text || '|' || line || '|' || kind || '|' || (occurred_on - date '2000-01-01') || '|'
         || cause_service || '|' || cause_type || '|' || cause_id::text || '|' || coalesce(reverses_id::text, '-')
         || '|' || account_id::text || '|' || amount || '|' || coalesce(charge_id::text, '-');`;

export const postBlockSql = `create function post_block(p_community uuid, p_posted_at timestamptz, p_entries ledger_entry[]) returns bigint
language plpgsql as $$
declare
  v_tenant uuid := current_setting('app.tenant_id')::uuid;
  v_currency text;
  v_chain ledger_chain;
  v_hash bytea;
begin
  select currency into v_currency from community_reference where id = p_community;
  if v_currency is null then
    raise exception 'the community is not known' using errcode = 'LG007';
  end if;
  if exists (
    select 1 from unnest(p_entries) e group by e.transaction_id
    having min(e.kind) <> max(e.kind) or min(e.occurred_on) <> max(e.occurred_on) or count(distinct e.cause_id) <> 1
        or min(e.cause_service) <> max(e.cause_service) or min(e.cause_type) <> max(e.cause_type)
        or count(distinct e.reverses_id) > 1 or count(e.reverses_id) not in (0, count(*))) then
    raise exception 'the entries of a transaction disagree' using errcode = 'LG004';
  end if;
  insert into ledger_account (id, tenant_id, community_id, currency, type, billing_account_id, charge_type_code,
                              reference_id)
  select ledger_account_id(p_community, v_currency, k.account_type, k.billing_account_id, k.charge_type_code,
                           k.reference_id) as id,
         v_tenant, p_community, v_currency, k.account_type, k.billing_account_id, k.charge_type_code, k.reference_id
    from (select distinct e.account_type, e.billing_account_id, e.charge_type_code, e.reference_id
            from unnest(p_entries) e) k
   order by 1
  on conflict (id) do nothing;

  select * into v_chain from ledger_chain where community_id = p_community for update;
  if not found then
    insert into ledger_chain (community_id, tenant_id, height, hash)
    values (p_community, v_tenant, 0, ledger_genesis(p_community)) on conflict do nothing;
    select * into v_chain from ledger_chain where community_id = p_community for update;
  end if;

  v_chain.height := v_chain.height + 1;
  select ledger_block_hash(v_chain.hash, p_community, v_chain.height, p_posted_at,
           string_agg(ledger_line(e.transaction_id, e.line, e.kind, e.occurred_on, e.cause_service, e.cause_type,
                                  e.cause_id, e.reverses_id,
                                  ledger_account_id(p_community, v_currency, e.account_type, e.billing_account_id,
                                                    e.charge_type_code, e.reference_id),
                                  e.amount, e.charge_id),
                      chr(10) order by e.transaction_id, e.line))
    into v_hash from unnest(p_entries) e;

  insert into ledger_block (community_id, height, tenant_id, previous_hash, hash, posted_at, transaction_count,
                            posting_count)
  select p_community, v_chain.height, v_tenant, v_chain.hash, v_hash, p_posted_at, count(distinct e.transaction_id),
         count(*) from unnest(p_entries) e;
  insert into ledger_transaction (id, tenant_id, community_id, height, kind, occurred_on, cause_service, cause_type,
                                  cause_id, reverses_id, posting_count)
  select e.transaction_id, v_tenant, p_community, v_chain.height, e.kind, e.occurred_on, e.cause_service,
         e.cause_type, e.cause_id, e.reverses_id, e.postings
    from (select *, count(*) over (partition by transaction_id) as postings from unnest(p_entries)) e
   where e.line = 1;
  insert into ledger_posting (transaction_id, line, tenant_id, account_id, amount, occurred_on, charge_id)
  select e.transaction_id, e.line, v_tenant,
         ledger_account_id(p_community, v_currency, e.account_type, e.billing_account_id, e.charge_type_code,
                           e.reference_id),
         e.amount, e.occurred_on, e.charge_id
    from unnest(p_entries) e;
  update ledger_chain set height = v_chain.height, hash = v_hash where community_id = p_community;
  return v_chain.height;
end $$;`;

const up = `
-- What a block's hash is taken over: its place in the chain, then each posting with its transaction, in order.
${ledgerLineSql}

create function ledger_block_hash(previous_hash bytea, community uuid, height bigint, posted_at timestamptz,
    lines text) returns bytea
  language sql immutable parallel safe
  return sha256(previous_hash || convert_to(community::text || '|' || height || '|'
                || (extract(epoch from posted_at) * 1000000)::bigint || chr(10) || lines, 'UTF8'));

create function ledger_genesis(community uuid) returns bytea language sql immutable parallel safe
  return sha256(convert_to(community::text, 'UTF8'));

create type ledger_entry as (
  transaction_id uuid, line int, kind text, occurred_on date, cause_service text, cause_type text, cause_id uuid,
  reverses_id uuid, account_type text, billing_account_id uuid, charge_type_code text, reference_id uuid,
  amount bigint, charge_id uuid
);

-- The one way into the ledger: appends a block of whole transactions to a community's chain and answers its height.
-- Accounts are opened as they are named. The chain's row stays locked until the transaction ends.
${postBlockSql}
`;

const down = `
drop function post_block(uuid, timestamptz, ledger_entry[]);
drop type ledger_entry;
drop function ledger_genesis(uuid);
drop function ledger_block_hash(bytea, uuid, bigint, timestamptz, text);
drop function ledger_line(uuid, int, text, date, text, text, uuid, uuid, uuid, bigint, uuid);
`;

export const migration: Migration = { name: '20261122-1505-post-blocks', up, down };
