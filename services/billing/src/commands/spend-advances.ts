import type { Tx } from '@steward/db';

import { lockFreeAdvances } from '../db/advance-queries.ts';
import { lockChargesOwedBy } from '../db/charge-queries.ts';
import { allocate } from '../domain/allocation-rules.ts';
import type { OpenCharge } from '../domain/charge.ts';
import { billsCovered, sumOfBills, type SignedBill } from '../domain/clearing-rules.ts';
import type { TransactionDraft } from '../domain/ledger.ts';
import { paymentPostings } from '../domain/payment-postings.ts';
import { lockSignedBills, paySignedBills } from './pay-signed-bills.ts';
import { postTransactions } from './post-transactions.ts';
import { settleCharges, type Settlement } from './settle-charges.ts';

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
function spentOf(
  communityId: string,
  billingAccountId: string,
  { free, charges }: { free: number; charges: readonly OpenCharge[] },
): Spent | null {
  if (free <= 0) return null;
  const owed = charges.reduce((sum, { outstanding }) => sum + Math.max(outstanding, 0), 0);
  if (owed <= 0) return null;
  const { allocations } = allocate(charges, Math.min(free, owed), null, { takesAdvances: false });
  const byId = new Map(charges.map((charge) => [charge.id, charge]));
  const parts = allocations.map(({ chargeId, amount }) => ({ charge: byId.get(chargeId) as OpenCharge, amount }));
  return { parts, draft: draftOf(communityId, billingAccountId, parts) };
}

/**
 * Pays what accounts owe from what stands to their good and is not to be given back, in the same few statements however many
 * they are: what was signed for first, each bill whole, then charges. Answers how many of them paid something. Accounts are locked before charges, both in the order of their ids, and
 * stay so until the transaction ends.
 */
export async function spendAdvances(
  tx: Tx,
  communityId: string,
  billingAccountIds: readonly string[],
): Promise<number> {
  const ids = [...new Set(billingAccountIds)].sort();
  const bills = Map.groupBy(await lockSignedBills(tx, communityId, ids), (bill) => bill.billingAccountId);
  const advances = await lockFreeAdvances(tx, communityId, ids);
  const able = ids.filter((id) => (advances.get(id) ?? 0) > 0);
  if (able.length === 0) return 0;
  const owed = Map.groupBy(await lockChargesOwedBy(tx, able), (charge) => charge.billingAccountId);
  const paid = new Map<string, SignedBill[]>(
    able.map((id) => [id, billsCovered(bills.get(id) ?? [], advances.get(id) ?? 0)]),
  );
  await paySignedBills(tx, communityId, [...paid.values()].flat(), null);
  const spent = able.flatMap((id) => {
    const free = (advances.get(id) ?? 0) - sumOfBills(paid.get(id) ?? []);
    const found = spentOf(communityId, id, { free, charges: owed.get(id) ?? [] });
    return found === null ? [] : [{ id, ...found }];
  });
  const payers = new Set(able.filter((id) => (paid.get(id) ?? []).length > 0).concat(spent.map(({ id }) => id)));
  if (spent.length === 0) return payers.size;
  const drafts = spent.map(({ draft }) => draft);
  await postTransactions(tx, drafts);
  const parts = spent.flatMap((one) => one.parts);
  await settleCharges(tx, parts, { receiptNumber: null });
  return payers.size;
}
