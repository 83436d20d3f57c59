import { rows, type Tx } from '@steward/db';

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

/** The last height up to which a range holds no more postings than are looked at at once; its first block at least. */
export async function endOfStep(
  tx: Tx,
  communityId: string,
  { from, to }: BlockRange,
  atOnce: number,
): Promise<number> {
  const [step] = await rows<{ height: number | null; first: number | null }>(
    tx,
    `select max(height) filter (where postings <= $4) as height, min(height) as first from (
       select height, sum(posting_count) over (order by height) as postings from ledger_block
        where community_id = $1 and height between $2 and $3) steps`,
    [communityId, from, to, atOnce],
  );
  return step?.height ?? step?.first ?? Math.min(to, from + missingAtOnce - 1);
}

/** What does not fit in a range of blocks: the blocks themselves, and what their postings name and nobody has. */
export const findAlteredRange = (tx: Tx, communityId: string, { from, to }: BlockRange): Promise<LedgerFinding[]> =>
  rows<LedgerFinding>(
    tx,
    `select finding, height, null as subject from verify_ledger_blocks($1, $2, $3)
     union all select finding, null, subject from verify_ledger_names($1, $2, $3)`,
    [communityId, from, to],
  );

const aside = 'select finding, null::bigint as height, subject from';

/** What is looked at whole: heads, closed periods, ids that follow from what they name, published figures. */
export const findAlteredFrame = (tx: Tx, communityId: string): Promise<LedgerFinding[]> =>
  rows<LedgerFinding>(tx, `${aside} verify_ledger_frame($1)`, [communityId]);

/** The last account of a page after one; null where none is left. */
export async function endOfAccounts(
  tx: Tx,
  communityId: string,
  after: string | null,
  count: number,
): Promise<string | null> {
  const [last] = await rows<{ id: string }>(
    tx,
    `select id from (select id from ledger_account where community_id = $1 and ($2::uuid is null or id > $2)
                      order by id limit $3) page order by id desc limit 1`,
    [communityId, after, count],
  );
  return last?.id ?? null;
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

/** A charge's place in the order in which they were raised; the instant as text, since it is finer than a `Date`. */
export type ChargePlace = readonly [createdAt: string, id: string];

const afterPlace = '($2::timestamptz is null or (created_at, id) > ($2::timestamptz, $3::uuid))';
const placeOf = (after: ChargePlace | null): (string | null)[] => [after?.[0] ?? null, after?.[1] ?? null];

/** The last charge of a page after one; null where none is left. */
export async function endOfCharges(
  tx: Tx,
  communityId: string,
  after: ChargePlace | null,
  count: number,
): Promise<ChargePlace | null> {
  const [last] = await rows<{ createdAt: string; id: string }>(
    tx,
    `select created_at::text as "createdAt", id from (
       select created_at, id from charge where community_id = $1 and ${afterPlace} order by created_at, id limit $4) page
      order by page.created_at desc, id desc limit 1`,
    [communityId, ...placeOf(after), count],
  );
  return last === undefined ? null : [last.createdAt, last.id];
}

/** The charges after one and up to another against their postings. */
export const findAlteredCharges = (
  tx: Tx,
  communityId: string,
  after: ChargePlace | null,
  upTo: ChargePlace,
): Promise<LedgerFinding[]> =>
  rows<LedgerFinding>(
    tx,
    `${aside} verify_ledger_charges($1, array(
       select id from charge
        where community_id = $1 and ${afterPlace} and (created_at, id) <= ($4::timestamptz, $5::uuid)))`,
    [communityId, ...placeOf(after), ...upTo],
  );

/** The charges that a range of blocks posts to, against their postings. */
export const findAlteredChargesOf = (tx: Tx, communityId: string, { from, to }: BlockRange): Promise<LedgerFinding[]> =>
  rows<LedgerFinding>(
    tx,
    `${aside} verify_ledger_charges($1, array(
       select distinct p.charge_id from ledger_transaction t join ledger_posting p on p.transaction_id = t.id
        where t.community_id = $1 and t.height between $2 and $3 and p.charge_id is not null))`,
    [communityId, from, to],
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
       from book_reconciliation where community_id = $1 order by created_at desc, id desc limit 1`,
    [communityId],
  );
  return last ?? { isClean: false, verifiedTo: 0 };
}
