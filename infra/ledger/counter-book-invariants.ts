import type { Invariant } from './invariant.ts';

/** The balance of a community's account of a kind that belongs to nobody. */
const balanceOf = (type: string): string =>
  `ledger_balance(ledger_account_id(c.id, c.currency, '${type}', null, null, null))`;

const counters = `(select * from community_reference where id in (select community_id from cashier_session))`;
const standing = `k.payment_id = p.id and k.taken_back_at is null and k.outcome = 'CLEARED'`;
const sumOf = (amount: string, from: string): string => `(select coalesce(sum(${amount}), 0) from ${from})`;

/** What must be true of charge runs: what they charged, to whom, and how often. */
const runInvariants: readonly Invariant[] = [
  {
    what: 'a run has charged what it should not, or not charged what it should',
    sql: `select l.id from charge_line l join charge_run r on r.id = l.run_id left join charge c on c.id = l.id
           where (r.status in ('POSTED', 'REVERSED')) <> (c.id is not null)
              or (c.amount, c.tax_amount, c.billing_account_id, c.due_on) is distinct from
                 (l.amount, l.tax_amount, l.billing_account_id, r.due_on) and c.id is not null
              or (r.status = 'REVERSED' and c.status <> 'REVERSED')
              or (c.status = 'REVERSED') <> (l.reversed_at is not null)`,
    spoil: `update charge set amount = amount + 1 where id = (select id from charge where cause_type = 'charge-run' limit 1)`,
  },
  {
    what: 'a run says that it charged another sum than it did',
    sql: `select r.id from charge_run r left join charge_line l on l.run_id = r.id where r.status <> 'DISCARDED'
           group by r.id having count(l.id) <> r.line_count or coalesce(sum(l.amount), 0) <> r.total_amount
              or coalesce(sum(l.tax_amount), 0) <> r.tax_amount`,
    spoil: `update charge_run set total_amount = total_amount + 1 where id = (
              select id from charge_run where status <> 'DISCARDED' limit 1)`,
  },
  {
    what: 'the same days of a unit are charged twice',
    sql: `select l.id from charge_line l join charge c on c.id = l.id and c.status <> 'REVERSED'
            join charge_line m on m.unit_id = l.unit_id and m.charge_type_code = l.charge_type_code and m.id > l.id
             and daterange(m.period_from, m.period_to) && daterange(l.period_from, l.period_to)
            join charge d on d.id = m.id and d.status <> 'REVERSED'`,
    spoil: `update charge_line l set unit_id = o.unit_id, period_from = o.period_from, period_to = o.period_to
              from (select l.* from charge_line l join charge c on c.id = l.id and c.status <> 'REVERSED' limit 1) o
             where l.id <> o.id and l.charge_type_code = o.charge_type_code`,
  },
  {
    what: 'a run stands still on its way',
    sql: `select id from charge_run where status in ('COMPUTING', 'POSTING', 'REVERSING')`,
    spoil: `update charge_run set status = 'POSTING' where id = (select id from charge_run limit 1)`,
  },
];

/** What must be true of money that comes later. */
const clearingInvariants: readonly Invariant[] = [
  {
    what: 'what was promised is somewhere else than its payment says',
    sql: `select p.id from payment p
           where p.means in ('CHEQUE', 'SIGNED', 'ON_ACCOUNT')
             and ledger_balance(ledger_account_id(p.community_id, p.currency,
                   case p.means when 'CHEQUE' then 'CHEQUES' else 'SIGNED_BILLS' end, p.billing_account_id, null, p.id))
                 <> case when p.status = 'VOIDED' or exists (select 1 from payment_clearing k where ${standing}) then 0
                         else p.amount end`,
    spoil: `update payment set status = 'RECEIVED', voided_at = null, void_reason = null, amount = amount + 1
             where id = (select p.id from payment p where p.means in ('CHEQUE', 'SIGNED', 'ON_ACCOUNT')
                            and not exists (select 1 from payment_clearing k where ${standing}) limit 1)`,
  },
  {
    what: 'what the acquirer holds is not what cards paid',
    sql: `select c.id from ${counters} c
           where ${balanceOf('CARD_CLEARING')} <> ${sumOf(
             'p.amount',
             `payment p where p.community_id = c.id and p.means = 'CARD' and p.status = 'RECEIVED'
                 and not exists (select 1 from payment_clearing k where ${standing})`,
           )}`,
    spoil: `update payment set amount = amount + 1 where id = (
              select id from payment where means = 'CARD' and status = 'RECEIVED'
                 and id not in (select payment_id from payment_clearing) limit 1)`,
  },
  {
    what: 'money of a payment came twice, or came of a payment that is void',
    sql: `select p.id from payment p join payment_clearing k on ${standing} where p.status = 'VOIDED'
          union all
          select k.payment_id from payment_clearing k where k.taken_back_at is null group by 1 having count(*) > 1
          union all
          select t.cause_id from ledger_transaction t left join ledger_transaction v on v.reverses_id = t.id
           where t.kind = 'CLEARING' and v.id is null group by 1 having count(*) > 1`,
    spoil: `update payment set status = 'VOIDED', voided_at = now(), void_reason = 'X' where id = (
              select payment_id from payment_clearing where outcome = 'CLEARED' and taken_back_at is null limit 1)`,
  },
  {
    what: 'the bank has another sum than was transferred, cleared, handed in and brought, less what was given back',
    sql: `select c.id from ${counters} c
           where ${balanceOf('BANK')} <>
                 ${sumOf('p.amount', `payment p where p.community_id = c.id and p.means = 'TRANSFER' and p.status = 'RECEIVED'`)}
               + ${sumOf(
                 'p.amount - k.withheld_amount',
                 `payment p join payment_clearing k on ${standing} where p.community_id = c.id and k.place = 'BANK'`,
               )}
               + ${sumOf('s.drop_amount', `cashier_session s where s.community_id = c.id and s.hand_in_place = 'BANK'`)}
               + ${sumOf(
                 `case m.direction when 'TO_BANK' then m.amount else -m.amount end`,
                 `safe_movement m where m.community_id = c.id and (m.status = 'CONFIRMED'
                     or (m.status = 'UNDER_WAY' and m.direction = 'TO_SAFE'))`,
               )}
               - ${sumOf('r.amount', `refund r where r.community_id = c.id and r.means = 'TRANSFER' and r.status = 'PAID'`)}`,
    spoil: `update payment_clearing set withheld_amount = withheld_amount + 1 where id = (
              select id from payment_clearing where outcome = 'CLEARED' and place = 'BANK' and taken_back_at is null limit 1)`,
  },
];

/** What must be true of shifts: a float is handed from one to the next, and everything else is in a bag. */
const shiftInvariants: readonly Invariant[] = [
  {
    what: 'two shifts are at one till, or two took over the same float',
    sql: `select min(id::text) as id from cashier_session where status in ('OPEN', 'COUNTED') group by community_id, book having count(*) > 1
          union all
          select min(id::text) from cashier_session where taken_over_from is not null group by taken_over_from having count(*) > 1`,
    spoil: `update cashier_session s set taken_over_from = o.taken_over_from
              from (select id, taken_over_from from cashier_session where taken_over_from is not null limit 1) o
             where s.id <> o.id`,
  },
  {
    what: 'a float that was left is neither in the till nor with the next shift',
    sql: `select s.id from cashier_session s
            left join cashier_session n on n.taken_over_from = s.id
            left join cash_entry f on f.session_id = n.id and f.kind = 'FLOAT'
           where s.status in ('DROPPED', 'HANDED_IN') and s.float_left > 0
             and case when n.id is null
                      then exists (select 1 from cashier_session l where l.community_id = s.community_id and l.book = s.book
                                      and l.opened_at > s.opened_at)
                      else f.amount is distinct from s.float_left end`,
    spoil: `update cash_entry set amount = amount + 1 where kind = 'FLOAT' and cause_id is not null`,
  },
  {
    what: 'what was counted is not what was there, over and short put in',
    sql: `select s.id from cashier_session s
           cross join lateral (
             select coalesce(sum(case kind when 'SURPLUS' then amount else -amount end), 0) as found from cash_variance
              where session_id = s.id and found_in = 'CLOSING') v
           where s.counted_amount - s.expected_amount <> v.found or s.counted_amount <> s.drop_amount + s.float_left`,
    spoil: `update cashier_session set counted_amount = counted_amount + 1 where id = (
              select id from cashier_session where counted_amount is not null limit 1)`,
  },
  {
    what: 'cash on its way is not what was dropped and not handed in, and what set out and did not arrive',
    sql: `select c.id from ${counters} c
           where ${balanceOf('CASH_IN_TRANSIT')} <>
                 ${sumOf('s.drop_amount', `cashier_session s where s.community_id = c.id and s.status = 'DROPPED'`)}
               + ${sumOf('m.amount', `safe_movement m where m.community_id = c.id and m.status = 'UNDER_WAY'`)}`,
    spoil: `update cashier_session set drop_amount = drop_amount + 1 where id = (
              select id from cashier_session where status = 'DROPPED' limit 1)`,
  },
  {
    what: 'the safe holds another sum than its papers say, or less than nothing',
    sql: `select c.id from ${counters} c
           where ${balanceOf('CASH_IN_SAFE')} < 0
              or ${balanceOf('CASH_IN_SAFE')} <> ${sumOf('j.amount', 'safe_journal j where j.community_id = c.id')}`,
    spoil: `update cash_entry set amount = amount + 1 where id = (
              select id from cash_entry where kind = 'FLOAT' and cause_id is null limit 1)`,
  },
  {
    what: 'what cashiers were over and short is not what the ledger has of them',
    sql: `select s.cashier_id as id from cashier_session s join cash_variance v on v.session_id = s.id
           group by s.community_id, s.currency, s.cashier_id
          having sum(v.amount) filter (where v.kind = 'SURPLUS') is distinct from
                 nullif(-ledger_balance(ledger_account_id(s.community_id, s.currency, 'CASH_OVER', null, null, s.cashier_id)), 0)
              or sum(v.amount) filter (where v.kind = 'SHORTAGE') is distinct from
                 nullif(ledger_balance(ledger_account_id(s.community_id, s.currency, 'CASH_SHORT', null, null, s.cashier_id)), 0)`,
    spoil: `update cash_variance set amount = amount + 1 where id = (select id from cash_variance limit 1)`,
  },
];

/** What must be true of runs, of money that comes later and of shifts. */
export const bookInvariants: readonly Invariant[] = [...runInvariants, ...clearingInvariants, ...shiftInvariants];
