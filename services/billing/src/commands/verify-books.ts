import type { Tx } from '@steward/db';

import { findContradictedHeads, headOf, lastHeight, type Head } from '../db/verification-queries.ts';
import { beginningOf, mostFindings, type VerificationPlace } from '../domain/book-comparison.ts';
import type { LedgerVerification } from '../domain/ledger-period.ts';
import { requireMost } from '../domain/period-rules.ts';
import { decodeVerification, encodeVerification } from '../domain/verification-cursor.ts';
import { verifySome } from './verify-parts.ts';

type Extent = {
  fromHeight: number;
  keptHeads: readonly Head[];
  /** What the answer before said of where to go on; null: from the beginning. */
  after: string | null;
  /** About so many postings are looked at for one answer. */
  most: number;
};

type Begun = { place: VerificationPlace; foundBefore: number };

async function beginningAt(tx: Tx, communityId: string, { fromHeight, after }: Extent): Promise<Begun> {
  if (after !== null) {
    const { place, found: foundBefore } = decodeVerification(after, communityId);
    return { place, foundBefore };
  }
  const blocks = [{ from: Math.max(fromHeight, 1), to: await lastHeight(tx, communityId) }];
  return { place: beginningOf(blocks), foundBefore: 0 };
}

/**
 * Recomputes the chain from a height on, what hangs on it, and whether it is still the one that was published: as much of it
 * as one answer waits for. The books only grow, so what one answer has looked at the next one need not.
 */
export async function verifyBooks(tx: Tx, communityId: string, extent: Extent): Promise<LedgerVerification> {
  const { fromHeight, keptHeads, after } = extent;
  const most = requireMost(extent.most, 'most');
  const head = await headOf(tx, communityId);
  const { place, foundBefore } = await beginningAt(tx, communityId, extent);
  const contradicted = after === null ? await findContradictedHeads(tx, communityId, keptHeads) : [];
  const some = await verifySome(tx, communityId, place, most);
  const findings = [...contradicted, ...some.findings];
  const found = foundBefore + findings.length;
  const isLast = some.next === null || found >= mostFindings;
  const next = isLast ? null : encodeVerification({ communityId, place: some.next as VerificationPlace, found });
  const { height = 0, hash = Buffer.alloc(0) } = head ?? {};
  return { communityId, height, hash, fromHeight, findings, foundBefore, next };
}
