import { rows, type Tx } from '@steward/db';

import type { BookCheck } from '../domain/ledger-period.ts';

/** What the owner fee book, which the charges are, and the ledger say of the same (A232). */
export async function ownerFeeChecks(tx: Tx, communityId: string): Promise<BookCheck[]> {
  const [sums] = await rows<{ charged: number; owed: number; ledger: number; total: number }>(
    tx,
    `select coalesce((select sum(amount) from charge where community_id = $1 and status <> 'REVERSED'), 0)::bigint
              as charged,
            coalesce((select sum(p.amount) from ledger_account a join ledger_posting p on p.account_id = a.id
                       join ledger_transaction t on t.id = p.transaction_id
                      where a.community_id = $1 and a.type = 'RECEIVABLE'
                        and (t.kind in ('CHARGE', 'OPENING', 'LATE_FEE')
                             or (t.kind = 'REVERSAL' and exists (
                                  select 1 from ledger_transaction r where r.id = t.reverses_id
                                     and r.kind in ('CHARGE', 'OPENING', 'LATE_FEE'))))), 0)::bigint as owed,
            (coalesce((select sum(s.balance) from (
                select distinct on (account_id) balance from ledger_period_balance
                 where community_id = $1 order by account_id, ends_on desc) s), 0)
              + coalesce((select sum(p.amount) from ledger_account a join ledger_posting p on p.account_id = a.id
                           where a.community_id = $1 and p.occurred_on >= coalesce(
                             (select closed_to from ledger_chain where community_id = $1), '-infinity')), 0))::bigint
              as ledger,
            0 as total`,
    [communityId],
  );
  if (sums === undefined) throw new Error('an aggregate over tables has one row');
  return [
    { book: 'OWNER_FEES', bookAmount: sums.charged, ledgerAmount: sums.owed },
    { book: 'LEDGER_TOTAL', bookAmount: sums.total, ledgerAmount: sums.ledger },
  ];
}

/** What is on prepaid meters, and what the ledger has of it (A209). */
export async function prepaidChecks(tx: Tx, communityId: string): Promise<BookCheck[]> {
  const [sums] = await rows<{ meters: number; ledger: number }>(
    tx,
    `select coalesce((select sum(balance) from meter where community_id = $1), 0)::bigint as meters,
            coalesce((select -sum(ledger_balance(id)) from ledger_account
                       where community_id = $1 and type = 'PREPAID'), 0)::bigint as ledger`,
    [communityId],
  );
  if (sums === undefined) throw new Error('an aggregate over tables has one row');
  return [{ book: 'PREPAID_METERS', bookAmount: sums.meters, ledgerAmount: sums.ledger }];
}

/** What paid services were agreed for, line by line, and what was charged for them and stands (B050). */
export async function paidServiceChecks(tx: Tx, communityId: string): Promise<BookCheck[]> {
  const [sums] = await rows<{ agreed: number; charged: number }>(
    tx,
    `select coalesce(sum(l.amount), 0)::bigint as agreed, coalesce(sum(p.amount), 0)::bigint as charged
       from charge c
       join lateral (select sum(amount) as amount from charge_service_line where charge_id = c.id) l on l.amount is not null
       left join lateral (
         select sum(p.amount) as amount from ledger_posting p join ledger_transaction t on t.id = p.transaction_id
          where p.charge_id = c.id and t.kind = 'CHARGE') p on true
      where c.community_id = $1 and c.status <> 'REVERSED'`,
    [communityId],
  );
  if (sums === undefined) throw new Error('an aggregate over tables has one row');
  return [{ book: 'PAID_SERVICES', bookAmount: sums.agreed, ledgerAmount: sums.charged }];
}
