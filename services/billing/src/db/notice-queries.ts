import { rows, type Tx } from '@steward/db';

export type Owing = { householdId: string; amount: number; charges: number };

/** Households that still owe something of a run, in the order of their ids. */
export const householdsOwing = (tx: Tx, runId: string, after: string | null, count: number): Promise<Owing[]> =>
  rows<Owing>(
    tx,
    `select l.household_id as "householdId", sum(o.outstanding)::bigint as amount, count(*)::int as charges
       from charge_line l join charge c on c.id = l.id and c.status = 'OPEN'
      cross join lateral (select sum(p.amount) as outstanding from ledger_posting p where p.charge_id = c.id) o
      where l.run_id = $1 and ($2::uuid is null or l.household_id > $2)
      group by l.household_id order by l.household_id limit $3`,
    [runId, after, count],
  );
