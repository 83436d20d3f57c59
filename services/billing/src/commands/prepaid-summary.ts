import { startOfLocalDay } from '@steward/core';
import type { Tx } from '@steward/db';

import { prepaidSums, type PrepaidSums } from '../db/meter-queries.ts';
import { communityOfBooks } from '../db/reference-queries.ts';
import type { Days } from '../domain/proration-rules.ts';

/** What came onto prepaid meters in a range of days, and what was used (A209). */
export async function prepaidSummary(
  tx: Tx,
  communityId: string,
  { from, to }: Days,
): Promise<(PrepaidSums & { currency: string })[]> {
  const { timeZone, currency } = await communityOfBooks(tx, communityId);
  const sums = await prepaidSums(tx, communityId, startOfLocalDay(from, timeZone), startOfLocalDay(to, timeZone));
  return sums.map((sum) => ({ ...sum, currency }));
}
