import { rows, txScope, type Tx } from '@steward/db';

import type { BlockRange } from '../domain/book-comparison.ts';
import type { LedgerFinding } from '../domain/ledger-period.ts';

/** The end of a chain. */
export type Head = { height: number; hash: Buffer };

/** Where a community's chain ends; null before its first block. */
export async function headOf(tx: Tx, communityId: string): Promise<Head | null> {
  const [head] = await rows<Head>(tx, 'select height, hash from ledger_chain where community_id = $1', [communityId]);
  return head ?? null;
}

/** The last height that any row of a chain names, whatever its head says. */
export async function lastHeight(tx: Tx, communityId: string): Promise<number> {
  const [last] = await rows<{ height: number }>(
    tx,
    `select greatest(coalesce((select max(height) from ledger_block where community_id = $1), 0),
                     coalesce((select max(height) from ledger_transaction where community_id = $1), 0),
                     coalesce((select height from ledger_chain where community_id = $1), 0)) as height`,
    [communityId],
  );
  return last?.height ?? 0;
}

/** Heights of a gap that are told of at once. */
const missingAtOnce = 1_000;

/** Where a step ends, and how many postings it has. */
export type StepEnd = { height: number; postings: number };

/** The last height up to which a range holds no more postings than are looked at at once; its first block at least. */
export async function endOfStep(
  tx: Tx,
  communityId: string,
  { from, to }: BlockRange,
  atOnce: number,
): Promise<StepEnd> {
  const [step] = await rows<{ height: number | null; postings: number | null }>(
    tx,
    `select max(height) as height, max(postings)::bigint as postings from (
       select height, sum(posting_count) over (order by height) as postings, row_number() over (order by height) as place
         from ledger_block where community_id = $1 and height between $2 and $3) steps
      where postings <= $4 or place = 1`,
    [communityId, from, to, atOnce],
  );
  // A gap is looked at a piece at a time as well.
  const height = step?.height ?? Math.min(to, from + missingAtOnce - 1);
  return { height, postings: step?.postings ?? height - from + 1 };
}

/** How many postings the blocks of a range have by their heads. */
export async function postingsIn(tx: Tx, communityId: string, { from, to }: BlockRange): Promise<number> {
  const [sum] = await rows<{ postings: number }>(
    tx,
    `select coalesce(sum(posting_count), 0)::bigint as postings from ledger_block
      where community_id = $1 and height between $2 and $3`,
    [communityId, from, to],
  );
  return sum?.postings ?? 0;
}

/** What does not fit in a range of blocks: the blocks themselves, and what they name and nobody has. */
export const findAlteredRange = (tx: Tx, communityId: string, { from, to }: BlockRange): Promise<LedgerFinding[]> =>
  rows<LedgerFinding>(
    tx,
    `select finding, height, null as subject from verify_ledger_blocks($1, $2, $3)
     union all select finding, null, subject from verify_ledger_names($1, $2, $3)
     union all select finding, null, subject from verify_ledger_causes($1, $2, $3)`,
    [communityId, from, to],
  );

const aside = 'select finding, null::bigint as height, subject from';

/** What is looked at whole: heads, closed periods, ids that follow from what they name, published figures, books of receipts. */
export const findAlteredFrame = (tx: Tx, communityId: string): Promise<LedgerFinding[]> =>
  rows<LedgerFinding>(tx, `${aside} verify_ledger_frame($1) union all ${aside} verify_ledger_receipt_books($1)`, [
    communityId,
  ]);

/** The last account of a page after one, with how many it has; null where none is left. */
export async function endOfAccounts(
  tx: Tx,
  communityId: string,
  after: string | null,
  count: number,
): Promise<{ id: string; rows: number } | null> {
  const [last] = await rows<{ id: string; rows: number }>(
    tx,
    `select id, count(*) over ()::int as rows from (
       select id from ledger_account where community_id = $1 and ($2::uuid is null or id > $2) order by id limit $3) page
      order by id desc limit 1`,
    [communityId, after, count],
  );
  return last ?? null;
}

/** Balances of closed periods of the accounts after one and up to another against their postings. */
export const findAlteredSnapshots = (
  tx: Tx,
  communityId: string,
  after: string | null,
  upTo: string,
): Promise<LedgerFinding[]> =>
  rows<LedgerFinding>(
    tx,
    `${aside} verify_ledger_snapshots($1, array(
       select id from ledger_account where community_id = $1 and ($2::uuid is null or id > $2) and id <= $3))`,
    [communityId, after, upTo],
  );

/** Kept heads that the chain contradicts. */
export const findContradictedHeads = (tx: Tx, communityId: string, kept: readonly Head[]): Promise<LedgerFinding[]> =>
  rows<LedgerFinding>(tx, 'select finding, height, null as subject from verify_ledger_heads($1, $2, $3)', [
    communityId,
    kept.map(({ height }) => height),
    kept.map(({ hash }) => hash),
  ]);

/** Whether all fitted in the last comparison of the books, and the last block of one in which it did. */
export async function lastComparison(tx: Tx, communityId: string): Promise<{ isClean: boolean; verifiedTo: number }> {
  const [last] = await rows<{ isClean: boolean; verifiedTo: number }>(
    tx,
    `select is_clean as "isClean",
            coalesce((select max(verified_to) from book_reconciliation where community_id = $1 and is_clean), 0)
              as "verifiedTo"
       from book_reconciliation where community_id = $1 and is_complete order by created_at desc, id desc limit 1`,
    [communityId],
  );
  return last ?? { isClean: false, verifiedTo: 0 };
}

/** A comparison that somebody asked for within a day and that is not at its end; null if there is none. */
export async function comparisonUnderWay(tx: Tx, communityId: string): Promise<{ id: string } | null> {
  const [found] = await rows<{ id: string }>(
    tx,
    `select id from book_reconciliation where community_id = $1 and not is_complete and created_at > $2::timestamptz - interval '1 day'
      order by created_at desc, id desc limit 1`,
    [communityId, txScope(tx).now],
  );
  return found ?? null;
}
