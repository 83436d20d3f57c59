import type { Tx } from '@steward/db';

import { takeBackCharge } from './take-back-charge.ts';

/**
 * Whoever never owed a charge was never late with it: its late fees are taken back too. What was paid on them is an advance
 * of who paid it.
 */
export async function takeBackLateFees(tx: Tx, lateFeeIds: readonly string[], reasonCode: string): Promise<void> {
  for (const id of lateFeeIds) await takeBackCharge(tx, id, { reasonCode });
}
