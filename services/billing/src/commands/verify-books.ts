import type { Tx } from '@steward/db';

import { findContradictedHeads, headOf, lastHeight, type Head } from '../db/verification-queries.ts';
import type { LedgerVerification } from '../domain/ledger-period.ts';
import { findAltered } from './verify-parts.ts';

type Extent = { fromHeight: number; keptHeads: readonly Head[] };

/** Recomputes the chain from a height on, what hangs on it, and whether it is still the one that was published. */
export async function verifyBooks(
  tx: Tx,
  communityId: string,
  { fromHeight, keptHeads }: Extent,
): Promise<LedgerVerification> {
  const head = await headOf(tx, communityId);
  const blocks = [{ from: Math.max(fromHeight, 1), to: await lastHeight(tx, communityId) }];
  const findings = [
    ...(await findContradictedHeads(tx, communityId, keptHeads)),
    ...(await findAltered(tx, communityId, blocks)),
  ];
  return { communityId, height: head?.height ?? 0, hash: head?.hash ?? Buffer.alloc(0), fromHeight, findings };
}
