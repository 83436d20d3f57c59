import { rows, type Tx } from '@steward/db';

const lockVouchers = `
  select pg_advisory_xact_lock(hashtextextended('voucher/' || v.id, 0))
    from (select unnest($1::text[]) as id order by 1) v`;

/** The claim on which one of these vouchers stands, unless it was rejected; two that claim one at once wait for each other. */
export async function claimOfVouchers(tx: Tx, fileIds: readonly string[]): Promise<string | null> {
  const ids = [...new Set(fileIds)];
  await rows(tx, lockVouchers, [ids]);
  const [found] = await rows<{ number: string }>(
    tx,
    `select number from expense_claim where status <> 'REJECTED' and lines @> any($1::jsonb[]) order by number limit 1`,
    [ids.map((id) => JSON.stringify([{ voucherFileIds: [id] }]))],
  );
  return found?.number ?? null;
}

/** What one claimant has claimed since a moment and was not rejected; two claims of theirs wait for each other. */
export async function lockClaimsSince(tx: Tx, claimantId: string, since: Date): Promise<number> {
  await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`expense-claims/${claimantId}`]);
  const [found] = await rows<{ sum: number }>(
    tx,
    `select coalesce(sum(amount), 0)::bigint as sum from expense_claim
      where claimant_id = $1 and status <> 'REJECTED' and created_at > $2`,
    [claimantId, since],
  );
  return found?.sum ?? 0;
}
