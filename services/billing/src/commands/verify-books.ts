import type { Tx } from '@steward/db';

import {
  findAlteredBlocks,
  findAlteredBooks,
  findContradictedHeads,
  headOf,
  type Head,
} from '../db/verification-queries.ts';
import type { LedgerVerification } from '../domain/ledger-period.ts';

type Extent = { fromHeight: number; keptHeads: readonly Head[] };

/** Recomputes the chain from a height on, what hangs on it, and whether it is still the one that was published. */
export async function verifyBooks(
  tx: Tx,
  communityId: string,
  { fromHeight, keptHeads }: Extent,
): Promise<LedgerVerification> {
  const head = await headOf(tx, communityId);
  const findings = [
    ...(await findAlteredBlocks(tx, communityId, Math.max(fromHeight, 1))),
    ...(await findContradictedHeads(tx, communityId, keptHeads)),
    ...(await findAlteredBooks(tx, communityId)),
  ];
  return { communityId, height: head?.height ?? 0, hash: head?.hash ?? Buffer.alloc(0), fromHeight, findings };
}
