import { rows, type Tx } from '@steward/db';

import type { LedgerAccountType, PostingDraft } from '../domain/ledger.ts';

/** A transaction with its postings in their order. */
export type PostedTransaction = { id: string; occurredOn: string; postings: PostingDraft[] };

type Line = {
  amount: number;
  chargeId: string | null;
  type: LedgerAccountType;
  billingAccountId: string | null;
  chargeTypeCode: string | null;
  referenceId: string | null;
};

/** A transaction as it was posted; null if there is none of the id. */
export async function postedTransaction(tx: Tx, id: string): Promise<PostedTransaction | null> {
  const [transaction] = await rows<{ occurredOn: string }>(
    tx,
    `select occurred_on as "occurredOn" from ledger_transaction where id = $1`,
    [id],
  );
  if (transaction === undefined) return null;
  const lines = await rows<Line>(
    tx,
    `select p.amount, p.charge_id as "chargeId", a.type, a.billing_account_id as "billingAccountId",
            a.charge_type_code as "chargeTypeCode", a.reference_id as "referenceId"
       from ledger_posting p join ledger_account a on a.id = p.account_id
      where p.transaction_id = $1 order by p.line`,
    [id],
  );
  const postings = lines.map(({ amount, chargeId, ...account }) => ({ amount, chargeId, account }));
  return { id, occurredOn: transaction.occurredOn, postings };
}

/** The transaction that raised a charge: its first, by which it came to be owed; null for a charge of nothing. */
export async function raisingTransactionOf(tx: Tx, chargeId: string): Promise<PostedTransaction | null> {
  const [found] = await rows<{ id: string }>(
    tx,
    `select t.id from ledger_posting p join ledger_transaction t on t.id = p.transaction_id
      where p.charge_id = $1 and t.kind in ('CHARGE', 'OPENING', 'LATE_FEE') order by t.height, t.id limit 1`,
    [chargeId],
  );
  return found === undefined ? null : postedTransaction(tx, found.id);
}
