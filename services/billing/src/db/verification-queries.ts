import { rows, type Tx } from '@steward/db';

import type { LedgerFinding } from '../domain/ledger-period.ts';

/** Postings that are recomputed in one statement; far below what the statement's time allows. */
const postingsAtOnce = 200_000;

/** The end of a chain. */
export type Head = { height: number; hash: Buffer };

/** Where a community's chain ends; null before its first block. */
export async function headOf(tx: Tx, communityId: string): Promise<Head | null> {
  const [head] = await rows<Head>(tx, 'select height, hash from ledger_chain where community_id = $1', [communityId]);
  return head ?? null;
}

/** The last height up to which a range from `from` holds no more postings than are recomputed at once. */
async function endOfStep(tx: Tx, communityId: string, from: number, to: number): Promise<number> {
  const [step] = await rows<{ height: number | null }>(
    tx,
    `select max(height) as height from (
       select height, sum(posting_count) over (order by height) as postings from ledger_block
        where community_id = $1 and height between $2 and $3) steps
      where postings <= $4`,
    [communityId, from, to, postingsAtOnce],
  );
  return Math.max(step?.height ?? from, from);
}

/** Every block from a height on that does not fit what is there. */
export async function findAlteredBlocks(tx: Tx, communityId: string, fromHeight: number): Promise<LedgerFinding[]> {
  const [last] = await rows<{ height: number }>(
    tx,
    `select greatest(coalesce((select max(height) from ledger_block where community_id = $1), 0),
                     coalesce((select max(height) from ledger_transaction where community_id = $1), 0),
                     coalesce((select height from ledger_chain where community_id = $1), 0)) as height`,
    [communityId],
  );
  const to = last?.height ?? 0;
  const findings: LedgerFinding[] = [];
  for (let from = fromHeight; from <= to;) {
    const end = await endOfStep(tx, communityId, from, to);
    const sql = 'select finding, height, null as subject from verify_ledger_blocks($1, $2, $3)';
    findings.push(...(await rows<LedgerFinding>(tx, sql, [communityId, from, end])));
    from = end + 1;
  }
  return findings;
}

/** Kept heads that the chain contradicts. */
export const findContradictedHeads = (tx: Tx, communityId: string, kept: readonly Head[]): Promise<LedgerFinding[]> =>
  rows<LedgerFinding>(tx, 'select finding, height, null as subject from verify_ledger_heads($1, $2, $3)', [
    communityId,
    kept.map(({ height }) => height),
    kept.map(({ hash }) => hash),
  ]);

/** What else of a community's books does not fit. */
export const findAlteredBooks = (tx: Tx, communityId: string): Promise<LedgerFinding[]> =>
  rows<LedgerFinding>(tx, 'select finding, null::bigint as height, subject from verify_ledger_books($1)', [
    communityId,
  ]);
