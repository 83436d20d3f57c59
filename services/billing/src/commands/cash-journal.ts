import { startOfLocalDay } from '@steward/core';
import type { Tx } from '@steward/db';

import { cashBookDifferences, journalSums } from '../db/cash-queries.ts';
import { communityOfBooks } from '../db/reference-queries.ts';
import { missingReceipts } from '../db/receipt-queries.ts';
import { isBalanced, type JournalSums } from '../domain/cash-rules.ts';

export type JournalView = JournalSums & {
  currency: string;
  isBalanced: boolean;
  missingReceipts: number;
  differingTills: number;
};

/** The cash journal of a range of days, and whether everything in it fits (A248). */
export async function cashJournal(
  tx: Tx,
  days: { communityId: string; from: string; to: string },
): Promise<JournalView> {
  const { communityId } = days;
  const { timeZone: zone, currency } = await communityOfBooks(tx, communityId);
  const range = { communityId, from: startOfLocalDay(days.from, zone), to: startOfLocalDay(days.to, zone) };
  const sums = await journalSums(tx, range);
  const differingTills = (await cashBookDifferences(tx, communityId)).length;
  return {
    ...sums,
    currency,
    isBalanced: isBalanced(sums),
    missingReceipts: await missingReceipts(tx, communityId),
    differingTills,
  };
}
