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

/** The postings that raised each of some charges, of its first transaction; nothing of a charge of nothing. */
export async function raisingTransactionsOf(
  tx: Tx,
  chargeIds: readonly string[],
): Promise<Map<string, Pick<PostedTransaction, 'id' | 'postings'>>> {
  const lines = await rows<Line & { raisedId: string; transactionId: string }>(
    tx,
    `with raised as materialized (
       select distinct on (p.charge_id) p.charge_id, t.id
         from ledger_posting p join ledger_transaction t on t.id = p.transaction_id
        where p.charge_id = any($1::uuid[]) and t.kind in ('CHARGE', 'OPENING', 'LATE_FEE')
        order by p.charge_id, t.height, t.id)
     select r.charge_id as "raisedId", r.id as "transactionId", p.amount, p.charge_id as "chargeId", a.type,
            a.billing_account_id as "billingAccountId", a.charge_type_code as "chargeTypeCode",
            a.reference_id as "referenceId"
       from raised r join ledger_posting p on p.transaction_id = r.id join ledger_account a on a.id = p.account_id
      order by r.charge_id, p.line`,
    [chargeIds],
  );
  return new Map(
    [...Map.groupBy(lines, ({ raisedId }) => raisedId)].map(([raisedId, [first, ...others]]) => {
      const { transactionId: id = '' } = first ?? {};
      const own = first === undefined ? [] : [first, ...others];
      const postings = own.map(({ amount, chargeId, type, billingAccountId, chargeTypeCode, referenceId }) => ({
        amount,
        chargeId,
        account: { type, billingAccountId, chargeTypeCode, referenceId },
      }));
      return [raisedId, { id, postings }];
    }),
  );
}
