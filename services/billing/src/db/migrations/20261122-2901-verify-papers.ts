import type { Migration } from '@steward/db';

/** As in 2401: planned for the community and the page it names. */
const setWise = `set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB'`;

export const check = (name: string, parameters: string, sql: string): string => `
create function ${name}(${parameters}) returns table (finding text, subject text)
language plpgsql stable ${setWise} as $$
begin
  return query
${sql.trim()};
end $$;`;

/** The account of the ledger that money of a means lies in. */
const moneyOf = (means: string): string => `case ${means} when 'CASH' then 'CASH_IN_HAND' when 'CHEQUE' then 'CHEQUES'
  when 'CARD' then 'CARD_CLEARING' when 'TRANSFER' then 'BANK' when 'WALLET' then 'PROVIDER' else 'SIGNED_BILLS' end`;

/** What billing posts for, by the type that a transaction names, with the table that has it. */
export const causes: Readonly<Record<string, string>> = {
  payment: 'payment',
  refund: 'refund',
  charge: 'charge',
  meter: 'meter',
  'charge-run': 'charge_run',
  'meter-reading': 'meter_reading',
  'cashier-session': 'cashier_session',
  'expense-claim': 'expense_claim',
  'billing-account': 'billing_account',
  'opening-import': 'opening_import',
  'charge-request': 'charge_request',
  'safe-movement': 'safe_movement',
  expenditure: 'expenditure',
};

/** The check over these; a later migration that posts for something more makes it anew with that. */
export const causesSqlOf = (known: Readonly<Record<string, string>>): string =>
  `
-- What billing itself posted for, and nobody has.
${check(
  'verify_ledger_causes',
  'p_community uuid, p_from bigint, p_to bigint',
  `
  select 'CAUSE_MISSING', c.cause_id::text
    from (select distinct t.cause_type, t.cause_id from ledger_transaction t
           where t.community_id = p_community and t.height between p_from and p_to and t.cause_service = 'billing') c
   where not case c.cause_type
${Object.entries(known)
  .map(
    ([type, table]) =>
      `     when '${type}' then exists (select 1 from ${table} x where x.id = c.cause_id and x.community_id = p_community)`,
  )
  .join('\n')}
     else true end`,
)}`.replace('create function', 'create or replace function');

export const chargePapersSql = `
-- What of a charge stands on other papers: the receipt that settled it, the lines it was agreed by, the unit of who owes it.
${check(
  'verify_ledger_charge_papers',
  'p_community uuid, p_charges uuid[]',
  `
  select 'CHARGE_ALTERED', c.id::text
    from unnest(p_charges) as k(id) join charge c on c.id = k.id and c.community_id = p_community
    left join billing_account b on b.id = c.billing_account_id
    left join lateral (select sum(l.amount) as amount from charge_service_line l where l.charge_id = c.id) l on true
   where c.unit_id <> b.unit_id or l.amount <> c.amount
      or (c.receipt_number is not null and not exists (
            select 1 from payment_allocation a join payment p on p.id = a.payment_id join receipt r on r.id = p.receipt_id
             where a.charge_id = c.id and r.number = c.receipt_number))`,
)}`;

const paymentsSql = `
-- Payments with their parts against their transactions, line by line; against their receipts; and what became of promises.
${check(
  'verify_ledger_payments',
  'p_community uuid, p_payments uuid[]',
  `
  with paid as materialized (
    select p.*, t.kind, t.cause_service, t.cause_type, t.cause_id, b.unit_id as account_unit_id
      from unnest(p_payments) as k(id) join payment p on p.id = k.id and p.community_id = p_community
      left join ledger_transaction t on t.id = p.transaction_id and t.community_id = p_community
      left join billing_account b on b.id = p.billing_account_id
  ), lines as (
    select p.id, ${moneyOf('p.means')} as type, p.currency, null::uuid as charge_id, null::text as code,
           null::uuid as party, case p.means when 'CASH' then p.session_id end as place, p.amount
      from paid p
    union all
    select p.id, 'RECEIVABLE', p.currency, a.charge_id, a.charge_type_code, p.billing_account_id, null, -a.amount
      from paid p join payment_allocation a on a.payment_id = p.id
    union all
    select p.id, 'ADVANCE', p.currency, null, null, p.billing_account_id, null, -p.advance_amount
      from paid p where p.advance_amount <> 0
    union all
    select p.id, 'PREPAID', p.currency, null, null, p.billing_account_id, p.meter_id, -p.amount
      from paid p where p.meter_id is not null
    union all
    select p.id, a.type, a.currency, y.charge_id, case a.type when 'RECEIVABLE' then a.charge_type_code end,
           case when a.type in ('RECEIVABLE', 'ADVANCE', 'PREPAID') then a.billing_account_id end,
           case when a.type in ('CASH_IN_HAND', 'PREPAID') then a.reference_id end, -y.amount
      from paid p join ledger_posting y on y.transaction_id = p.transaction_id
      join ledger_account a on a.id = y.account_id
  ), differing as (
    select l.id from lines l group by l.id, l.type, l.currency, l.charge_id, l.code, l.party, l.place
    having sum(l.amount) <> 0
  ), came as (
    select p.id, t.id as transaction_id, t.occurred_on, coalesce(sum(y.amount) filter (where m.is_money), 0) as amount,
           max(a.type) filter (where m.is_money) as place
      from paid p join ledger_transaction t on t.cause_id = p.id and t.kind = 'CLEARING' and t.community_id = p_community
      join ledger_posting y on y.transaction_id = t.id join ledger_account a on a.id = y.account_id
     cross join lateral (select a.type in ('BANK', 'CASH_IN_HAND') as is_money) m
     where not exists (select 1 from ledger_transaction v where v.reverses_id = t.id)
     group by 1, 2, 3
  )
  select distinct 'PAYMENT_ALTERED', p.id::text
    from paid p
    left join receipt r on r.id = p.receipt_id and r.community_id = p_community
    left join came on came.id = p.id
    left join payment_clearing c on c.payment_id = p.id and c.taken_back_at is null
   where p.id in (select d.id from differing d)
      or (p.kind, p.cause_service, p.cause_type, p.cause_id) is distinct from
         (case when p.meter_id is null then 'PAYMENT' else 'TOP_UP' end, 'billing',
          case when p.meter_id is null then 'payment' else 'meter' end, coalesce(p.meter_id, p.id))
      or p.unit_id is distinct from p.account_unit_id
      or p.change_given <> case p.means when 'CASH' then coalesce(p.tendered, p.amount) - p.amount else 0 end
      or (p.status = 'VOIDED') <> exists (select 1 from ledger_transaction v where v.reverses_id = p.transaction_id)
      or (r.payment_id, r.billing_account_id, r.amount, r.currency, r.status, 'SK-' || r.number) is distinct from
         (p.id, p.billing_account_id, p.amount, p.currency, case p.status when 'VOIDED' then 'VOID' else 'ISSUED' end,
          p.number)
      or (c.outcome = 'BOUNCED' or c.outcome is null) and came.id is not null
      or c.outcome = 'BOUNCED' and p.status <> 'VOIDED'
      or c.outcome = 'CLEARED' and (p.status = 'VOIDED' or c.transaction_id is distinct from came.transaction_id
           or came.occurred_on <> c.cleared_on or came.amount <> p.amount - c.withheld_amount
           or came.place <> case c.place when 'BANK' then 'BANK' else 'CASH_IN_HAND' end)`,
)}`;

const receiptsSql = `
-- Leaves of receipt books against what they were written for, and books of which one is gone.
${check(
  'verify_ledger_receipts',
  'p_community uuid, p_receipts uuid[]',
  `
  select 'RECEIPT_ALTERED', r.id::text
    from unnest(p_receipts) as k(id) join receipt r on r.id = k.id and r.community_id = p_community
    left join payment p on p.id = r.payment_id left join door_collection d on d.id = r.door_collection_id
   where r.number <> r.book || '-' || lpad(r.sequence::text, greatest(8, length(r.sequence::text)), '0')
      or (r.payment_id is null and r.door_collection_id is null) or (r.status = 'ISSUED' and r.payment_id is null)
      or (r.payment_id is not null and p.receipt_id is distinct from r.id)
      or (r.door_collection_id is not null
          and ((d.receipt_id, d.billing_account_id, d.amount, d.currency) is distinct from
               (r.id, r.billing_account_id, r.amount, r.currency)
               or d.payment_id is distinct from r.payment_id
               or (r.payment_id is null and r.status <> case d.status when 'AGREED' then 'PREPARED' else 'VOID' end)))`,
)}
${check(
  'verify_ledger_receipt_books',
  'p_community uuid',
  `
  select 'RECEIPT_MISSING', coalesce(b.prefix, r.book)
    from (select x.prefix, x.next_sequence - 1 as last from receipt_book x where x.community_id = p_community) b
    full join (select x.book, count(*) as leaves, max(x.sequence) as last from receipt x
                where x.community_id = p_community group by 1) r on r.book = b.prefix
   where b.last is distinct from coalesce(r.leaves, 0) or coalesce(r.last, 0) <> coalesce(r.leaves, 0)`,
)}`;

const refundsSql = `
-- Refunds against what was posted for them and the charges that they are of.
${check(
  'verify_ledger_refunds',
  'p_community uuid, p_refunds uuid[]',
  `
  with back as materialized (
    select r.*, c.billing_account_id as owed_by, c.charge_type_code as owed_for
      from unnest(p_refunds) as k(id) join refund r on r.id = k.id and r.community_id = p_community
      left join charge c on c.id = r.charge_id
  ), posted as (
    select r.id, count(distinct t.id) as times,
           sum(y.amount) filter (where a.type = ${moneyOf('r.means')} and a.currency = r.currency
             and a.reference_id is not distinct from case r.means when 'CASH' then r.session_id end) as given,
           sum(y.amount) filter (where a.type = 'ADVANCE' and a.billing_account_id = r.billing_account_id
             or a.type = 'REFUND_PAYABLE' and a.billing_account_id = r.billing_account_id
             or a.type = 'DEPOSIT' and a.billing_account_id = r.billing_account_id and a.charge_type_code = r.charge_type_code
             or a.type in ('REVENUE', 'TAX_PAYABLE') and a.charge_type_code = r.charge_type_code) as taken
      from back r join ledger_transaction t on t.cause_id = r.id and t.kind = 'REFUND' and t.community_id = p_community
      join ledger_posting y on y.transaction_id = t.id join ledger_account a on a.id = y.account_id
     group by 1
  )
  select 'REFUND_ALTERED', r.id::text
    from back r left join posted y on y.id = r.id
   where (r.status = 'PAID')::int <> coalesce(y.times, 0)
      or (r.status = 'PAID' and (-r.amount, r.amount) is distinct from (y.given, y.taken))
      or (r.charge_id is null) <> (r.source = 'ADVANCE')
      or (r.charge_id is not null
          and (r.owed_by, r.owed_for) is distinct from (r.billing_account_id, r.charge_type_code))`,
)}`;

// The papers of the counter say what the postings say, row by row: sums over a community hide what was moved between two.
const up = `${causesSqlOf(causes)}
${chargePapersSql}
${paymentsSql}
${receiptsSql}
${refundsSql}
`;

const down = `
drop function verify_ledger_refunds(uuid, uuid[]);
drop function verify_ledger_receipt_books(uuid);
drop function verify_ledger_receipts(uuid, uuid[]);
drop function verify_ledger_payments(uuid, uuid[]);
drop function verify_ledger_charge_papers(uuid, uuid[]);
drop function verify_ledger_causes(uuid, bigint, bigint);
`;

export const migration: Migration = { name: '20261122-2901-verify-papers', up, down };
