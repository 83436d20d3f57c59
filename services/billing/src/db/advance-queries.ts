import { rows, type Tx } from '@steward/db';

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
        and exists (select 1 from charge c
                     where c.billing_account_id = a.billing_account_id and c.status = 'OPEN' and c.amount > 0 and ${which})
        and ledger_balance(a.id) < 0
      order by a.billing_account_id limit $3`,
    [search.communityId, after, count, value],
  );
  return found.map(({ id }) => id);
}
