import { rows, type Tx } from '@steward/db';

type Document = { communityId: string; documentNumber: string; amount: number };

/** Whether a paper of this number and sum was recorded before and stands; two who record it at once wait for each other. */
export async function isDocumentKnown(tx: Tx, { communityId, documentNumber, amount }: Document): Promise<boolean> {
  await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `expenditure/${communityId}/${documentNumber}`,
  ]);
  const found = await rows(
    tx,
    `select 1 from expenditure where community_id = $1 and document_number = $2 and amount = $3
        and status in ('RECORDED', 'APPROVED', 'PAID') limit 1`,
    [communityId, documentNumber, amount],
  );
  return found.length > 0;
}
