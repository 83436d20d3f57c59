import type pg from 'pg';

import type { SeededRandom } from '../demo/seeded-random.ts';

/** How far back an attack begins; whoever rewrites a chain rewrites all that follows. */
const blocksBack = 40;

/** Every place in the database that names a head of the chain says what the chain says now. */
const retellHeads = async (admin: pg.Client, communityId: string): Promise<void> => {
  for (const table of ['ledger_head', 'ledger_period', 'published_accounts']) {
    await admin.query(
      `update ${table} t set height = b.height, hash = b.hash
         from ledger_block b
        where t.community_id = $1 and b.community_id = $1
          and b.height = least(t.height, (select max(height) from ledger_block where community_id = $1))`,
      [communityId],
    );
  }
  await admin.query(
    `update ledger_chain c set height = b.height, hash = b.hash from ledger_block b
      where c.community_id = $1 and b.community_id = $1
        and b.height = (select max(height) from ledger_block where community_id = $1)`,
    [communityId],
  );
};

const rehash = `
  update ledger_block b
     set previous_hash = before.hash,
         hash = ledger_block_hash(before.hash, b.community_id, b.height, b.posted_at, (
           select string_agg(ledger_line(t.id, p.line, t.kind, t.occurred_on, t.cause_service, t.cause_type, t.cause_id,
                                         t.reverses_id, p.account_id, p.amount, p.charge_id), chr(10)
                             order by t.id, p.line)
             from ledger_transaction t join ledger_posting p on p.transaction_id = t.id
            where t.community_id = b.community_id and t.height = b.height))
    from ledger_block before
   where b.community_id = $1 and b.height = $2 and before.community_id = $1 and before.height = $2 - 1`;

/** Doubles what a block says and hashes it and all that follow anew: nothing in the database contradicts it. */
async function rewrite(admin: pg.Client, communityId: string, from: number, to: number): Promise<void> {
  await admin.query(
    `update ledger_posting set amount = amount * 2 where transaction_id in (
       select id from ledger_transaction where community_id = $1 and height = $2)`,
    [communityId, from],
  );
  for (let height = from; height <= to; height += 1) await admin.query(rehash, [communityId, height]);
}

/** Takes the last blocks out with all that is in them. */
async function cutOff(admin: pg.Client, communityId: string, from: number): Promise<void> {
  const gone = `select id from ledger_transaction where community_id = $1 and height >= $2`;
  await admin.query(`delete from ledger_posting where transaction_id in (${gone})`, [communityId, from]);
  await admin.query(`delete from ledger_transaction where community_id = $1 and height >= $2`, [communityId, from]);
  await admin.query(`delete from ledger_block where community_id = $1 and height >= $2`, [communityId, from]);
}

/** Alters the end of a chain so that all hashes fit again; answers what was done. */
export async function alterEnd(admin: pg.Client, communityId: string, random: SeededRandom): Promise<string> {
  const { rows } = await admin.query<{ height: number }>(
    'select max(height)::float8 as height from ledger_block where community_id = $1',
    [communityId],
  );
  const last = rows[0]?.height ?? 0;
  const from = random.int(Math.max(2, last - blocksBack), last);
  const isCut = random.chance(0.5);
  if (isCut) await cutOff(admin, communityId, from);
  else await rewrite(admin, communityId, from, last);
  await retellHeads(admin, communityId);
  return isCut ? `blocks from ${from} on cut off` : `blocks from ${from} on written anew`;
}
