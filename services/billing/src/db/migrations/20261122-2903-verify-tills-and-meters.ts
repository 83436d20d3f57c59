import type { Migration } from '@steward/db';

import { booksSql } from './20261122-2401-verify-in-steps.ts';
import { check } from './20261122-2901-verify-papers.ts';

const tillsSql = `
-- Each line of the journal of a till against the posting of the same, and what was counted and handed on against both.
${check(
  'verify_ledger_tills',
  'p_community uuid, p_sessions uuid[]',
  `
  with till as materialized (
    select s.* from unnest(p_sessions) as k(id) join cashier_session s on s.id = k.id and s.community_id = p_community
  ), journal as materialized (
    select e.session_id, e.kind, e.amount, e.cause_id from till s join cash_entry e on e.session_id = s.id
  ), variance as materialized (
    select v.session_id, v.id, v.found_in, v.kind, case v.kind when 'SURPLUS' then v.amount else -v.amount end as amount
      from till s join cash_variance v on v.session_id = s.id
  ), lines as (
    select j.session_id, case when j.kind = 'RECEIPT' then 'TAKEN' when j.kind = 'VOID' then 'REVERSAL'
             when j.kind in ('TOP_UP', 'REFUND', 'EXPENSE') then j.kind else 'CASH_MOVEMENT' end as what,
           case when j.kind in ('RECEIPT', 'VOID', 'REFUND', 'EXPENSE') then j.cause_id end as cause, j.amount, 1 as times
      from journal j
    union all
    select s.id, case when t.kind in ('PAYMENT', 'CLEARING') then 'TAKEN' else t.kind end,
           case when t.kind in ('PAYMENT', 'CLEARING', 'REVERSAL', 'REFUND', 'EXPENSE') then t.cause_id end, y.amount, -1
      from till s join ledger_posting y
        on y.account_id = ledger_account_id(s.community_id, s.currency, 'CASH_IN_HAND', null, null, s.id)
      join ledger_transaction t on t.id = y.transaction_id
    union all
    select j.session_id, j.kind, j.cause_id, j.amount, 1 from journal j where j.kind in ('SURPLUS', 'SHORTAGE')
    union all
    select v.session_id, v.kind, v.id, v.amount, -1 from variance v
  ), differing as (
    select l.session_id from lines l group by l.session_id, l.what, l.cause, l.amount having sum(l.times) <> 0
  ), moved as (
    select j.session_id, sum(j.amount) filter (where j.kind = 'FLOAT') as float_in,
           -sum(j.amount) filter (where j.kind = 'DROP') as dropped,
           -sum(j.amount) filter (where j.kind = 'FLOAT_LEFT') as left_over,
           sum(j.amount) filter (where j.kind not in ('DROP', 'FLOAT_LEFT')) as counted
      from journal j group by 1
  ), varied as (
    select v.session_id, sum(v.amount) filter (where v.found_in = 'OPENING') as opening,
           sum(v.amount) filter (where v.found_in = 'CLOSING') as closing
      from variance v group by 1
  )
  select distinct 'TILL_ALTERED', s.id::text
    from till s left join moved m on m.session_id = s.id left join varied v on v.session_id = s.id
    left join cashier_session n on n.taken_over_from = s.id and n.community_id = p_community
   where s.id in (select d.session_id from differing d)
      or s.float_amount <> coalesce(m.float_in, 0) + coalesce(v.opening, 0)
      or s.counted_amount <> coalesce(m.counted, 0)
      or s.expected_amount <> coalesce(m.counted, 0) - coalesce(v.closing, 0)
      or s.drop_amount <> coalesce(m.dropped, 0) or s.float_left <> s.counted_amount - s.drop_amount
      or coalesce(m.left_over, 0) <> case when n.id is null then 0 else coalesce(s.float_left, 0) end`,
)}`;

const metersSql = `
-- What prepaid meters hold against their entries, and these against the postings of each party.
${check(
  'verify_ledger_meters',
  'p_community uuid, p_meters uuid[]',
  `
  with metered as materialized (
    select m.* from unnest(p_meters) as k(id) join meter m on m.id = k.id and m.community_id = p_community
  ), entry as materialized (
    select e.* from metered m join prepaid_entry e on e.meter_id = m.id
  ), posted as materialized (
    select m.id as meter_id, a.billing_account_id, t.kind, r.kind as reversed_kind, t.cause_id, y.amount
      from metered m join ledger_account a on a.community_id = p_community and a.type = 'PREPAID' and a.reference_id = m.id
      join ledger_posting y on y.account_id = a.id join ledger_transaction t on t.id = y.transaction_id
      left join ledger_transaction r on r.id = t.reverses_id
  ), sums as (
    select e.meter_id, e.billing_account_id, e.amount from entry e
    union all
    select y.meter_id, y.billing_account_id, y.amount from posted y
  ), lines as (
    select e.meter_id, e.kind, e.billing_account_id, e.reading_id as cause, e.amount, 1 as times from entry e
     where e.kind in ('TOP_UP', 'VOID') or (e.kind = 'USE' and e.amount < 0)
    union all
    select y.meter_id, w.kind, y.billing_account_id, case w.kind when 'USE' then y.cause_id end, -y.amount, -1
      from posted y cross join lateral (
        select case when y.kind = 'TOP_UP' then 'TOP_UP' when y.kind = 'CONSUMPTION' then 'USE'
                    when y.kind = 'REVERSAL' and y.reversed_kind = 'TOP_UP' then 'VOID' end as kind) w
     where w.kind is not null
  )
  select 'METER_ALTERED', m.id::text
    from metered m
   where m.balance <> coalesce((select sum(e.amount) from entry e where e.meter_id = m.id), 0)
      or exists (select 1 from sums s where s.meter_id = m.id group by s.billing_account_id having sum(s.amount) <> 0)
      or exists (select 1 from lines l where l.meter_id = m.id
                  group by l.kind, l.billing_account_id, l.cause, l.amount having sum(l.times) <> 0)`,
)}`;

/** Every table that is verified page by page, with the function that does. */
const papers = [
  ['charge', 'verify_ledger_charge_papers'],
  ['payment', 'verify_ledger_payments'],
  ['receipt', 'verify_ledger_receipts'],
  ['refund', 'verify_ledger_refunds'],
  ['cashier_session', 'verify_ledger_tills'],
  ['meter', 'verify_ledger_meters'],
] as const;

const paperCalls = papers.map(
  ([table, name]) => `
  union all
  select * from ${name}(p_community, array(select id from ${table} where community_id = p_community))`,
);

const wholeSql = booksSql.replace(
  /;\s*end;\s*$/,
  `
  union all
  select * from verify_ledger_causes(p_community, 1, 9223372036854775807)
  union all
  select * from verify_ledger_receipt_books(p_community)${paperCalls.join('')};
end;`,
);

// Tills and prepaid meters, line by line; and all of it in one go, for whoever has the time.
const up = `${tillsSql}
${metersSql}
${wholeSql}
`;

const down = `${booksSql}
drop function verify_ledger_meters(uuid, uuid[]);
drop function verify_ledger_tills(uuid, uuid[]);
`;

export const migration: Migration = { name: '20261122-2903-verify-tills-and-meters', up, down };
