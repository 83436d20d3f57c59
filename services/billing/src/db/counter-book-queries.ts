import { rows, type Tx } from '@steward/db';

import type { BookCheck } from '../domain/ledger-period.ts';

/** The cash journal and the ledger's tills, the papers of the safe and its account, and the receipts beside the payments they were written for (A232, A248). */
export async function counterChecks(tx: Tx, communityId: string): Promise<BookCheck[]> {
  const [sums] = await rows<{
    journal: number;
    tills: number;
    papers: number;
    safe: number;
    receipts: number;
    payments: number;
  }>(
    tx,
    `select coalesce((select sum(amount) from cash_entry where community_id = $1), 0)::bigint as journal,
            coalesce((select sum(ledger_balance(a.id)) from ledger_account a join cashier_session s on s.id = a.reference_id
                       where a.community_id = $1 and a.type = 'CASH_IN_HAND'), 0)::bigint as tills,
            coalesce((select sum(amount) from safe_journal where community_id = $1), 0)::bigint as papers,
            coalesce((select sum(ledger_balance(id)) from ledger_account
                       where community_id = $1 and type = 'CASH_IN_SAFE'), 0)::bigint as safe,
            coalesce((select sum(amount) from receipt where community_id = $1 and status = 'ISSUED'), 0)::bigint as receipts,
            coalesce((select sum(amount) from payment where community_id = $1 and status = 'RECEIVED'), 0)::bigint as payments`,
    [communityId],
  );
  if (sums === undefined) throw new Error('an aggregate over tables has one row');
  return [
    { book: 'CASH_JOURNAL', bookAmount: sums.journal, ledgerAmount: sums.tills },
    { book: 'SAFE', bookAmount: sums.papers, ledgerAmount: sums.safe },
    { book: 'RECEIPTS', bookAmount: sums.receipts, ledgerAmount: sums.payments },
  ];
}
