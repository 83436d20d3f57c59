import { rows, type Tx } from '@steward/db';

import type { JournalSums } from '../domain/cash-rules.ts';
import type { SafeEntry } from '../domain/safe.ts';
import type { JournalRange } from './cash-queries.ts';
import { balancesOf } from './ledger-queries.ts';

/** Whoever takes out of the safe, or says what is in it, waits for whoever did before. */
export const lockSafe = (tx: Tx, communityId: string): Promise<unknown> =>
  rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`safe/${communityId}`]);

/** What the safe holds by the ledger. */
export async function inSafe(tx: Tx, communityId: string): Promise<number> {
  const [balance = 0] = await balancesOf(tx, communityId, [{ type: 'CASH_IN_SAFE' }]);
  return balance;
}

/** Opening and movements by the safe's papers, and the closing by the ledger: that the three make the fourth is to be seen. */
export async function safeSums(tx: Tx, { communityId, from, to }: JournalRange): Promise<JournalSums> {
  const [found] = await rows<JournalSums>(
    tx,
    `select coalesce(sum(j.amount) filter (where j.occurred_at < $2), 0)::bigint as opening,
            coalesce(sum(j.amount) filter (where j.occurred_at >= $2 and j.amount > 0), 0)::bigint as received,
            coalesce(-sum(j.amount) filter (where j.occurred_at >= $2 and j.amount < 0), 0)::bigint as "paidOut",
            coalesce((
              select sum(ledger_balance_before(a.id, ($3::timestamptz at time zone c.time_zone)::date))
                from ledger_account a join community_reference c on c.id = a.community_id
               where a.community_id = $1 and a.type = 'CASH_IN_SAFE'), 0)::bigint as closing
       from safe_journal j where j.community_id = $1 and j.occurred_at < $3`,
    [communityId, from, to],
  );
  return found ?? { opening: 0, received: 0, paidOut: 0, closing: 0 };
}

/** A journal shows no more lines than this. */
const mostEntries = 1000;

export const safeEntries = (tx: Tx, { communityId, from, to }: JournalRange): Promise<SafeEntry[]> =>
  rows<SafeEntry>(
    tx,
    `select kind, amount, occurred_at as "occurredAt", cause_id as "causeId" from safe_journal
      where community_id = $1 and occurred_at >= $2 and occurred_at < $3
      order by occurred_at, cause_id, kind limit ${mostEntries}`,
    [communityId, from, to],
  );

/** Whether the safe's papers and its account differ, and what is under way to or from it. */
export async function openSafe(tx: Tx, communityId: string): Promise<{ safeDifference: number; movements: number }> {
  const [found] = await rows<{ journal: number; movements: number }>(
    tx,
    `select coalesce((select sum(amount) from safe_journal where community_id = $1), 0)::bigint as journal,
            (select count(*) from safe_movement where community_id = $1 and status = 'UNDER_WAY')::int as movements`,
    [communityId],
  );
  const { journal = 0, movements = 0 } = found ?? {};
  return { safeDifference: journal - (await inSafe(tx, communityId)), movements };
}
