import type { Tx } from '@steward/db';

import { findAlteredBlocks, findAlteredBooks, headOf } from '../db/verification-queries.ts';
import type { LedgerVerification } from '../domain/ledger-period.ts';

/** Recomputes the chain from a height on, and what hangs on it. */
export async function verifyBooks(tx: Tx, communityId: string, fromHeight: number): Promise<LedgerVerification> {
  const head = await headOf(tx, communityId);
  const findings = [
    ...(await findAlteredBlocks(tx, communityId, Math.max(fromHeight, 1))),
    ...(await findAlteredBooks(tx, communityId)),
  ];
  return { communityId, height: head?.height ?? 0, hash: head?.hash ?? Buffer.alloc(0), fromHeight, findings };
}
