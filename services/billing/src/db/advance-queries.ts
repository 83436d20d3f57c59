import { rows, type Tx } from '@steward/db';

import { lockAccounts } from './refund-queries.ts';

/** Where advances are looked for: accounts of a community that owe something of a run, or what is overdue. */
export type AdvanceSearch = { communityId: string } & ({ runId: string } | { dueUntil: string });

/** The next accounts that have an advance and owe what is looked for, in the order of their ids. */
export async function accountsWithAdvance(
  tx: Tx,
  search: AdvanceSearch,
  after: string | null,
  count: number,
): Promise<string[]> {
  const [which, value] =
    'runId' in search
      ? ['c.run_id = $4::uuid', search.runId]
      : ['coalesce(c.due_on, c.occurred_on) <= $4::date', search.dueUntil];
  const found = await rows<{ id: string }>(
    tx,
    `select a.billing_account_id as id from ledger_account a
      where a.community_id = $1 and a.type = 'ADVANCE' and ($2::uuid is null or a.billing_account_id > $2)
        and (exists (select 1 from charge c
                      where c.billing_account_id = a.billing_account_id and c.status = 'OPEN' and c.amount > 0 and ${which})
             or exists (select 1 from payment s join payment_allocation g on g.payment_id = s.id
                          join charge c on c.id = g.charge_id and ${which}
                         where s.community_id = $1 and s.billing_account_id = a.billing_account_id
                           and s.means in ('SIGNED', 'ON_ACCOUNT') and s.status = 'RECEIVED' and not exists (
                             select 1 from payment_clearing k where k.payment_id = s.id and k.taken_back_at is null)))
        and ledger_balance(a.id) < 0
      order by a.billing_account_id limit $3`,
    [search.communityId, after, count, value],
  );
  return found.map(({ id }) => id);
}

/**
 * What of the advances of parties can be used for a debt: the balances less what refunds still claim and what is there by
 * promises alone (`lockFreeAdvance` of each). The accounts stay locked until the transaction ends.
 */
export async function lockFreeAdvances(
  tx: Tx,
  communityId: string,
  billingAccountIds: readonly string[],
): Promise<Map<string, number>> {
  await lockAccounts(tx, billingAccountIds);
  const found = await rows<{ id: string; free: number }>(
    tx,
    `select k.id, (-ledger_balance(ledger_account_id($1, c.currency, 'ADVANCE', k.id, null, null))
                   - coalesce(r.claimed, 0) - coalesce(s.promised, 0))::bigint as free
       from community_reference c cross join unnest($2::uuid[]) as k(id)
       left join (
         select r.billing_account_id, sum(r.amount) as claimed from refund r left join charge c on c.id = r.charge_id
          where r.billing_account_id = any($2::uuid[]) and r.status in ('REQUESTED', 'APPROVED', 'SENT')
            and (r.charge_id is null or c.status = 'REVERSED') group by 1) r on r.billing_account_id = k.id
       left join (
         select s.billing_account_id, sum(s.advance_amount + coalesce(g.amount, 0)) as promised
           from promised_payments($1, 'infinity') s
           left join lateral (
             select sum(a.amount) as amount from payment_allocation a
               join charge c on c.id = a.charge_id and c.status = 'REVERSED' where a.payment_id = s.payment_id) g on true
          where s.billing_account_id = any($2::uuid[]) group by 1) s on s.billing_account_id = k.id
      where c.id = $1`,
    [communityId, billingAccountIds],
  );
  return new Map(found.map(({ id, free }) => [id, free]));
}
