import { startOfLocalDay } from '@steward/core';
import type { Tx } from '@steward/db';

import { communityOfBooks } from '../db/reference-queries.ts';
import { inSafe, safeEntries, safeSums } from '../db/safe-queries.ts';
import { isBalanced, type JournalSums } from '../domain/cash-rules.ts';
import type { SafeEntry } from '../domain/safe.ts';

export type SafeJournalView = JournalSums & {
  currency: string;
  inSafe: number;
  isBalanced: boolean;
  entries: SafeEntry[];
};

/** The journal of the safe for a range of days: what its papers say beside the ledger (A234, A248). */
export async function safeJournal(
  tx: Tx,
  days: { communityId: string; from: string; to: string },
): Promise<SafeJournalView> {
  const { communityId } = days;
  const { timeZone: zone, currency } = await communityOfBooks(tx, communityId);
  const range = { communityId, from: startOfLocalDay(days.from, zone), to: startOfLocalDay(days.to, zone) };
  const sums = await safeSums(tx, range);
  const entries = await safeEntries(tx, range);
  return { ...sums, currency, isBalanced: isBalanced(sums), inSafe: await inSafe(tx, communityId), entries };
}
