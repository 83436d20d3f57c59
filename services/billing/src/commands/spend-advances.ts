import type { Tx } from '@steward/db';

import { lockFreeAdvance } from '../db/refund-queries.ts';
import { allocate } from '../domain/allocation-rules.ts';
import type { OpenCharge } from '../domain/charge.ts';
import type { TransactionDraft } from '../domain/ledger.ts';
import { paymentPostings } from '../domain/payment-postings.ts';
import { postTransactions } from './post-transactions.ts';
import { lockOpenChargesOf, settleCharges, type Settlement } from './settle-charges.ts';

type Spent = { parts: Settlement[]; draft: TransactionDraft };

function draftOf(communityId: string, billingAccountId: string, parts: readonly Settlement[]): TransactionDraft {
  const lines = parts.map(({ charge: { id: chargeId, chargeTypeCode }, amount }) => ({
    chargeId,
    chargeTypeCode,
    amount,
  }));
  const amount = parts.reduce((sum, part) => sum + part.amount, 0);
  const paid = { billingAccountId, amount, advanceAmount: 0 };
  const postings = paymentPostings({ type: 'ADVANCE', billingAccountId }, paid, lines);
  const cause = { service: 'billing', aggregateType: 'billing-account', id: billingAccountId };
  return { communityId, kind: 'ALLOCATION', cause, postings };
}

/** What the free advance of an account pays of its open charges, the oldest first; null for nothing. */
async function spentOf(tx: Tx, communityId: string, billingAccountId: string): Promise<Spent | null> {
  const free = await lockFreeAdvance(tx, communityId, billingAccountId);
  if (free <= 0) return null;
  const charges = await lockOpenChargesOf(tx, billingAccountId);
  const owed = charges.reduce((sum, { outstanding }) => sum + Math.max(outstanding, 0), 0);
  if (owed <= 0) return null;
  const { allocations } = allocate(charges, Math.min(free, owed), null, { takesAdvances: false });
  const byId = new Map(charges.map((charge) => [charge.id, charge]));
  const parts = allocations.map(({ chargeId, amount }) => ({ charge: byId.get(chargeId) as OpenCharge, amount }));
  return { parts, draft: draftOf(communityId, billingAccountId, parts) };
}

/**
 * Pays what accounts owe from what stands to their good and is not to be given back. Answers how many of them paid
 * something. The ids are in one order for everybody, because each account stays locked until the transaction ends.
 */
export async function spendAdvances(
  tx: Tx,
  communityId: string,
  billingAccountIds: readonly string[],
): Promise<number> {
  const spent: Spent[] = [];
  for (const id of [...billingAccountIds].sort()) {
    const found = await spentOf(tx, communityId, id);
    if (found !== null) spent.push(found);
  }
  if (spent.length === 0) return 0;
  await postTransactions(
    tx,
    spent.map(({ draft }) => draft),
  );
  await settleCharges(
    tx,
    spent.flatMap(({ parts }) => parts),
    { receiptNumber: null },
  );
  return spent.length;
}
