import { bookInvariants } from './counter-book-invariants.ts';
import type { Invariant } from './invariant.ts';

const paidOnCharge = `(
  select coalesce(-sum(p.amount), 0) from ledger_posting p join ledger_transaction t on t.id = p.transaction_id
    left join ledger_transaction v on v.id = t.reverses_id
   where p.charge_id = r.charge_id
     and (t.kind = 'PAYMENT' or v.kind = 'PAYMENT' or (t.kind = 'ALLOCATION' and t.cause_type = 'billing-account')))`;

const inTill = `ledger_account_id(s.community_id, s.currency, 'CASH_IN_HAND', null, null, s.id)`;

/** What must be true of money that was taken and given back at a counter, whatever happened. */
export const counterInvariants: readonly Invariant[] = [
  {
    what: 'more was given back, or is to be, of a charge than was paid on it',
    sql: `select r.charge_id as id from refund r where r.charge_id is not null and r.status <> 'REJECTED'
           group by r.charge_id having sum(r.amount) > ${paidOnCharge}`,
    spoil: `update refund set amount = amount + 1000000 where id = (
              select id from refund where charge_id is not null and status <> 'REJECTED' limit 1)`,
  },
  {
    what: 'more was given back to a party than it paid',
    sql: `select r.billing_account_id as id from refund r where r.status in ('PAID', 'SENT') group by 1
          having sum(r.amount) > (select coalesce(sum(p.amount), 0) from payment p
                                   where p.billing_account_id = r.billing_account_id and p.status = 'RECEIVED')
                               + (select coalesce(sum(c.amount), 0) from charge c
                                   where c.billing_account_id = r.billing_account_id and c.charge_type_code = 'RETURNED_REFUND')`,
    spoil: `update refund set amount = amount + 100000000 where id = (select id from refund where status = 'PAID' limit 1)`,
  },
  {
    what: 'an advance was promised to be given back and is not there',
    sql: `select r.billing_account_id as id from refund r left join charge c on c.id = r.charge_id
           where r.status in ('REQUESTED', 'APPROVED', 'SENT') and (r.charge_id is null or c.status = 'REVERSED')
           group by r.community_id, r.billing_account_id, r.currency
          having sum(r.amount) > -ledger_balance(ledger_account_id(r.community_id, r.currency, 'ADVANCE', r.billing_account_id, null, null))`,
    spoil: `update refund set status = 'REQUESTED', amount = 100000000, charge_id = null, paid_at = null
             where id = (select id from refund limit 1)`,
  },
  {
    what: 'what was charged, used, paid and given back is not what the books say of a party',
    sql: `select b.id from billing_account b
           where b.community_id in (select community_id from cashier_session)
             and (select coalesce(sum(ledger_balance(a.id)), 0) from ledger_account a
                   where a.billing_account_id = b.id and a.type in ('RECEIVABLE', 'ADVANCE', 'PREPAID'))
                 <> (select coalesce(sum(amount), 0) from charge where billing_account_id = b.id and status <> 'REVERSED')
                  - (select coalesce(sum(amount), 0) from prepaid_entry where billing_account_id = b.id and kind = 'USE')
                  - (select coalesce(sum(amount), 0) from payment where billing_account_id = b.id and status = 'RECEIVED')
                  + (select coalesce(sum(p.amount), 0) from payment_clearing c join payment p on p.id = c.payment_id
                      where p.billing_account_id = b.id and c.place = 'ADVANCE' and c.taken_back_at is null)
                  - (select coalesce(sum(p.amount), 0) from ledger_posting p join ledger_account a on a.id = p.account_id
                      join ledger_transaction t on t.id = p.transaction_id and t.kind = 'ALLOCATION'
                      where a.type = 'REFUND_PAYABLE' and a.billing_account_id = b.id and p.amount > 0)
                  + (select coalesce(sum(r.amount), 0) from refund r left join charge c on c.id = r.charge_id
                      where r.billing_account_id = b.id and r.status = 'PAID' and (c.id is null or c.status = 'REVERSED'))`,
    spoil: `update payment set amount = amount + 1 where id = (select id from payment where status = 'RECEIVED' limit 1)`,
  },
  {
    what: 'a charge is paid beyond what it is',
    sql: `select c.id from charge c join charge_outstanding o on o.charge_id = c.id
           where not o.outstanding between 0 and c.amount`,
    spoil: `update ledger_posting set amount = amount - 1000000 where (transaction_id, line) = (
              select transaction_id, line from ledger_posting where charge_id is not null and amount < 0 limit 1)`,
  },
  {
    what: 'a book of receipts has a gap or a repetition',
    sql: `select b.prefix as id from receipt_book b
            left join receipt r on r.community_id = b.community_id and r.book = b.prefix
           group by b.community_id, b.prefix, b.next_sequence
          having min(r.sequence) <> 1 or max(r.sequence) <> count(*) or count(distinct r.sequence) <> count(*)
              or count(*) <> b.next_sequence - 1`,
    spoil: `delete from receipt where id = (select id from receipt limit 1)`,
  },
  {
    what: 'a receipt has not its payment, or a payment not its receipt',
    sql: `select coalesce(r.id, p.id) as id from receipt r
            full join payment p on p.id = r.payment_id and p.receipt_id = r.id and p.amount = r.amount
                               and (p.status = 'VOIDED') = (r.status = 'VOID')
           where p.id is null or r.id is null`,
    spoil: `update receipt set amount = amount + 1 where id = (select id from receipt limit 1)`,
  },
  {
    what: 'the parts of a payment and its advance are not the payment',
    sql: `select p.id from payment p left join payment_allocation a on a.payment_id = p.id
           group by p.id having coalesce(sum(a.amount), 0) + p.advance_amount <> case when p.meter_id is null then p.amount else 0 end`,
    spoil: `update payment_allocation set amount = amount + 1 where id = (select id from payment_allocation limit 1)`,
  },
  {
    what: 'a payment or a refund is not in the books as often as it should be',
    sql: `select p.id from payment p left join ledger_transaction v on v.reverses_id = p.transaction_id
           group by p.id having count(v.id) <> (p.status = 'VOIDED')::int
          union all
          select r.id from refund r left join ledger_transaction t on t.cause_id = r.id and t.kind = 'REFUND'
           group by r.id having count(t.id) <> (r.status = 'PAID')::int`,
    spoil: `update payment set status = 'VOIDED', voided_at = now(), void_reason = 'X' where id = (
              select id from payment where status = 'RECEIVED' limit 1)`,
  },
  {
    what: 'journal, ledger and papers of a till differ, or it holds less than nothing',
    sql: `select s.id from cashier_session s
           cross join lateral (select coalesce(sum(amount), 0) as sum from cash_entry where session_id = s.id) e
           cross join lateral (
             select coalesce(sum(p.amount) filter (where t.kind = 'CLEARING'), 0) as collected
               from ledger_posting p join ledger_transaction t on t.id = p.transaction_id where p.account_id = ${inTill}) l
           cross join lateral (
             select coalesce(sum(case kind when 'SURPLUS' then amount else -amount end), 0) as found
               from cash_variance where session_id = s.id and found_in = 'CLOSING') v
           where e.sum < 0 or e.sum <> ledger_balance(${inTill})
              or e.sum <> s.float_amount + l.collected + v.found - coalesce(s.drop_amount, 0)
                 + (select coalesce(sum(amount), 0) from payment where session_id = s.id and means = 'CASH' and status = 'RECEIVED')
                 - (select coalesce(sum(amount), 0) from refund where session_id = s.id and means = 'CASH' and status = 'PAID')
                 - case when exists (select 1 from cashier_session n where n.taken_over_from = s.id) then s.float_left else 0 end`,
    spoil: `update cash_entry set amount = amount + 1 where id = (select id from cash_entry limit 1)`,
  },
  {
    what: 'something is in the journal of a till twice',
    sql: `select cause_id as id from cash_entry where cause_id is not null group by cause_id, kind having count(*) > 1`,
    spoil: `update cash_entry e set cause_id = o.cause_id
              from (select id, kind, cause_id from cash_entry where kind = 'RECEIPT' limit 1) o
             where e.kind = o.kind and e.id <> o.id`,
  },
  {
    what: 'a meter has another balance than its entries or the ledger',
    sql: `select m.id from meter m
           where m.balance <> (select coalesce(sum(amount), 0) from prepaid_entry where meter_id = m.id)
              or m.balance <> (select coalesce(-sum(ledger_balance(a.id)), 0) from ledger_account a
                                where a.type = 'PREPAID' and a.reference_id = m.id)`,
    spoil: `update meter set balance = balance + 1 where id = (select id from meter limit 1)`,
  },
  ...bookInvariants,
];
