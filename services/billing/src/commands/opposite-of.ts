import type { Tx } from '@steward/db';

import { postedTransaction } from '../db/ledger-transaction-queries.ts';
import type { TransactionDraft } from '../domain/ledger.ts';

type Reversal = Pick<TransactionDraft, 'communityId' | 'cause'> & { reversesId: string };

/** The exact opposite of a transaction as it was posted, of today, to be posted. */
export async function oppositeOf(tx: Tx, reversal: Reversal): Promise<TransactionDraft> {
  const posted = await postedTransaction(tx, reversal.reversesId);
  const postings = (posted?.postings ?? []).map((one) => ({ ...one, amount: -one.amount }));
  return { ...reversal, kind: 'REVERSAL', postings };
}
