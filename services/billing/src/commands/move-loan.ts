import type { Tx } from '@steward/db';

import { addEntry } from '../db/cash-queries.ts';
import { cashierSessionAggregate } from '../db/counter-aggregates.ts';
import type { CashierSession, TillLoan } from '../domain/cashier-session.ts';
import { postTransactions } from './post-transactions.ts';

/** Money goes out of a till to the borrower, or comes back into one. */
export async function moveLoan(
  tx: Tx,
  till: Pick<CashierSession, 'id' | 'communityId'>,
  { amount, borrowerId, id: causeId }: TillLoan,
  kind: 'LOAN' | 'LOAN_REPAID',
): Promise<void> {
  const { id: sessionId, communityId } = till;
  const inTill = kind === 'LOAN' ? -amount : amount;
  await addEntry(tx, { communityId, sessionId, kind, amount: inTill, causeId });
  const cause = { service: 'billing', aggregateType: cashierSessionAggregate.type, id: sessionId };
  const postings = [
    { account: { type: 'CASH_IN_HAND' as const, referenceId: sessionId }, amount: inTill },
    { account: { type: 'TILL_LOAN' as const, referenceId: borrowerId }, amount: -inTill },
  ];
  await postTransactions(tx, [{ communityId, kind: 'CASH_MOVEMENT', cause, postings }]);
}
