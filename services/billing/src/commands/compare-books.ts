import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { bookReconciliationMade } from '@steward/events';
import {
  findCommunityReference,
  insertAggregate,
  nextNumber,
  notify,
  publish,
  schedule,
  type DueTimer,
} from '@steward/service-kit';

import { ownerFeeChecks, paidServiceChecks, prepaidChecks } from '../db/book-queries.ts';
import { bookReconciliationAggregate } from '../db/ledger-aggregates.ts';
import { communityOfBooks, todayIn } from '../db/reference-queries.ts';
import { lastComparison, lastHeight } from '../db/verification-queries.ts';
import { mostFindings, postingsAtOnce, type BlockRange, type BookComparison } from '../domain/book-comparison.ts';
import type { BookCheck, BookReconciliation, LedgerFinding } from '../domain/ledger-period.ts';
import { customerServiceDepartment, numberPrefixes } from '../domain/ledger-policy.ts';
import { isClean } from '../domain/period-rules.ts';
import { counterBookChecks } from './counter-book-checks.ts';
import { findAltered, verifyPart } from './verify-parts.ts';

export const comparisonTimer = 'book-comparison';

/** Every book beside the ledger and what the ledger says of the same. */
export const checkBooks = async (tx: Tx, communityId: string): Promise<BookCheck[]> => [
  ...(await ownerFeeChecks(tx, communityId)),
  ...(await paidServiceChecks(tx, communityId)),
  ...(await prepaidChecks(tx, communityId)),
  ...(await counterBookChecks(tx, communityId)),
];

/** Sets the timer that compares the books: what no comparison has looked at yet, and a share of what one has. */
export async function scheduleComparison(tx: Tx, communityId: string, reread: BlockRange): Promise<void> {
  const { verifiedTo: before } = await lastComparison(tx, communityId);
  const verifiedTo = await lastHeight(tx, communityId);
  const payload: BookComparison = {
    verifiedTo,
    blocks: [{ from: before + 1, to: verifiedTo }, reread],
    stage: 'BLOCKS',
    after: null,
    atOnce: postingsAtOnce,
    findings: [],
  };
  await schedule(tx, { kind: comparisonTimer, communityId, dueAt: txScope(tx).now, payload });
}

/**
 * Timer: the next part of a comparison. What is large goes on in a transaction of its own, so that no statement grows with
 * the books and other timers run between; a part that was cut off runs again.
 */
export async function compareBooksStep(tx: Tx, due: DueTimer<BookComparison>): Promise<void> {
  const community = await findCommunityReference(tx, due.communityId ?? '');
  if (community === null || community.status === 'LEFT') return;
  const { id: communityId } = community;
  const { atOnce, verifiedTo, ...begun } = due.payload;
  let { findings, ...place } = begun;
  for (;;) {
    const part = await verifyPart(tx, communityId, place, atOnce);
    findings = [...findings, ...part.findings].slice(0, mostFindings);
    if (part.next === null || findings.length === mostFindings) break;
    place = part.next;
    if (!part.isCut) continue;
    const payload: BookComparison = { ...place, atOnce, verifiedTo, findings };
    await schedule(tx, { kind: comparisonTimer, communityId, dueAt: txScope(tx).now, payload });
    return;
  }
  await keepReconciliation(tx, { communityId, checks: await checkBooks(tx, communityId), findings, verifiedTo });
}

/** Compares the books while somebody waits, with the blocks that no comparison has looked at yet. */
export async function recordReconciliation(tx: Tx, communityId: string): Promise<BookReconciliation> {
  const { verifiedTo: before } = await lastComparison(tx, communityId);
  const verifiedTo = await lastHeight(tx, communityId);
  const findings = await findAltered(tx, communityId, [{ from: before + 1, to: verifiedTo }]);
  return keepReconciliation(tx, { communityId, checks: await checkBooks(tx, communityId), findings, verifiedTo });
}

type Compared = Pick<BookReconciliation, 'communityId' | 'checks' | 'verifiedTo'> & {
  findings: readonly LedgerFinding[];
};

/** Keeps what came of a comparison; who leads is told when the books differ (A232). */
async function keepReconciliation(
  tx: Tx,
  { communityId, checks, findings, verifiedTo }: Compared,
): Promise<BookReconciliation> {
  const { timeZone: zone } = await communityOfBooks(tx, communityId);
  const number = await nextNumber(tx, communityId, numberPrefixes.reconciliation, zone);
  const fresh = {
    id: newId(),
    communityId,
    number,
    onDay: await todayIn(tx, communityId),
    checks,
    findings: [...findings].slice(0, mostFindings),
    isClean: isClean(checks, findings),
    verifiedTo,
  };
  const note = { action: 'reconcileBooks', rule: 'A232' };
  const kept = await insertAggregate(tx, bookReconciliationAggregate, fresh, note);
  const { id, onDay } = kept;
  publish(tx, kept, bookReconciliationMade, { reconciliationId: id, communityId, on: onDay, isClean: kept.isClean });
  if (kept.isClean) return kept;
  const to = { role: 'director' } as const;
  await notify(tx, { communityId, to, template: 'booksDiffer', params: { number }, aggregateId: id });
  const team = { role: 'supervisor', departmentCode: customerServiceDepartment } as const;
  await notify(tx, { communityId, to: team, template: 'booksDiffer', params: { number }, aggregateId: id });
  return kept;
}
