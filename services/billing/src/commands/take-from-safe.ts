import type { Tx } from '@steward/db';

import { inSafe, lockSafe } from '../db/safe-queries.ts';
import { checkInSafe } from '../domain/safe-rules.ts';

/** Before cash is taken out of the safe: never more than is in it, whoever takes at the same time. The posting is the caller's. */
export async function requireInSafe(tx: Tx, communityId: string, amount: number, rule: string): Promise<void> {
  await lockSafe(tx, communityId);
  checkInSafe(amount, await inSafe(tx, communityId), rule);
}
