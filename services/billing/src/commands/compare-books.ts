import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { bookReconciliationMade } from '@steward/events';
import {
  findCommunityReference,
  insertAggregate,
  lockAggregate,
  nextNumber,
  notify,
  publish,
  saveAggregate,
  schedule,
  type DueTimer,
} from '@steward/service-kit';

import { ownerFeeChecks, paidServiceChecks, prepaidChecks } from '../db/book-queries.ts';
import { bookReconciliationAggregate } from '../db/ledger-aggregates.ts';
import { bookReconciliationEntity } from '../db/period-entities.ts';
import { communityOfBooks, todayIn } from '../db/reference-queries.ts';
import { comparisonUnderWay, lastComparison, lastHeight } from '../db/verification-queries.ts';
import {
  beginningOf,
  mostFindings,
  postingsAtOnce,
  type BlockRange,
  type BookComparison,
  type VerificationPlace,
} from '../domain/book-comparison.ts';
import type { BookCheck, BookReconciliation } from '../domain/ledger-period.ts';
import { customerServiceDepartment, numberPrefixes } from '../domain/ledger-policy.ts';
import { isClean } from '../domain/period-rules.ts';
import { counterBookChecks } from './counter-book-checks.ts';
import { verifySome, type Verified } from './verify-parts.ts';

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
  const place = beginningOf([{ from: before + 1, to: verifiedTo }, reread]);
  const none = { findings: [], comparedPostingCount: 0 };
  await scheduleStep(tx, communityId, {
    ...place,
    ...none,
    verifiedTo,
    atOnce: postingsAtOnce,
    reconciliationId: null,
  });
}

const scheduleStep = (tx: Tx, communityId: string, payload: BookComparison): Promise<unknown> =>
  schedule(tx, { kind: comparisonTimer, communityId, dueAt: txScope(tx).now, payload });

/** What a comparison knows after one more piece of it. */
function withPiece(begun: BookComparison, { findings, looked }: Verified): BookComparison {
  return {
    ...begun,
    findings: [...begun.findings, ...findings].slice(0, mostFindings),
    comparedPostingCount: begun.comparedPostingCount + looked,
  };
}

/**
 * Timer: the next piece of a comparison. What is large goes on in a transaction of its own, so that no statement grows with
 * the books and other timers run between; a piece that was cut off runs again.
 */
export async function compareBooksStep(tx: Tx, due: DueTimer<Partial<BookComparison>>): Promise<void> {
  const community = await findCommunityReference(tx, due.communityId ?? '');
  if (community === null || community.status === 'LEFT') return;
  const { id: communityId } = community;
  const whole = { ...beginningOf([]), verifiedTo: 0, atOnce: postingsAtOnce, findings: [] };
  const begun: BookComparison = { ...whole, reconciliationId: null, comparedPostingCount: 0, ...due.payload };
  const { blocks, stage, after } = begun;
  const piece = await verifySome(tx, communityId, { blocks, stage, after }, begun.atOnce);
  const known = withPiece(begun, piece);
  if (piece.next === null || known.findings.length === mostFindings) await keepReconciliation(tx, communityId, known);
  else {
    await tellProgress(tx, known);
    await scheduleStep(tx, communityId, { ...known, ...piece.next });
  }
}

/**
 * Compares the books with the blocks that no comparison has looked at yet: while somebody waits as far as that goes, and
 * what is left by itself.
 */
export async function recordReconciliation(tx: Tx, communityId: string, most: number): Promise<{ id: string }> {
  const underWay = await comparisonUnderWay(tx, communityId);
  if (underWay !== null) return underWay;
  const { verifiedTo: before } = await lastComparison(tx, communityId);
  const verifiedTo = await lastHeight(tx, communityId);
  const place = beginningOf([{ from: before + 1, to: verifiedTo }]);
  const piece = await verifySome(tx, communityId, place, most);
  const fresh = { ...place, verifiedTo, atOnce: most, findings: [], reconciliationId: null, comparedPostingCount: 0 };
  const known = withPiece(fresh, piece);
  if (piece.next === null) return keepReconciliation(tx, communityId, known);
  return beginReconciliation(tx, communityId, { ...known, ...piece.next });
}

async function newReconciliation(tx: Tx, communityId: string) {
  const { timeZone: zone } = await communityOfBooks(tx, communityId);
  return {
    id: newId(),
    communityId,
    number: await nextNumber(tx, communityId, numberPrefixes.reconciliation, zone),
    onDay: await todayIn(tx, communityId),
  };
}

/** Its row is there at once, in version 0: the fact of it is told when it is at its end. */
async function beginReconciliation(
  tx: Tx,
  communityId: string,
  begun: BookComparison & VerificationPlace,
): Promise<{ id: string }> {
  const { tenantId, now: createdAt } = txScope(tx);
  const nothing = { checks: [], findings: [], isClean: false, isComplete: false, verifiedTo: null };
  const { comparedPostingCount } = begun;
  const fresh = { ...(await newReconciliation(tx, communityId)), ...nothing, comparedPostingCount };
  await tx.insert(bookReconciliationEntity, { ...fresh, tenantId, version: 0, createdAt });
  await scheduleStep(tx, communityId, { ...begun, reconciliationId: fresh.id });
  return { id: fresh.id };
}

async function tellProgress(tx: Tx, { reconciliationId, comparedPostingCount }: BookComparison): Promise<void> {
  if (reconciliationId !== null)
    await tx.update(bookReconciliationEntity, { id: reconciliationId }, { comparedPostingCount });
}

async function saved(tx: Tx, communityId: string, compared: BookComparison): Promise<BookReconciliation> {
  const { findings, verifiedTo, comparedPostingCount, reconciliationId } = compared;
  const checks = await checkBooks(tx, communityId);
  const what = {
    checks,
    findings: [...findings],
    isClean: isClean(checks, findings),
    verifiedTo,
    comparedPostingCount,
  };
  const note = { action: 'reconcileBooks', rule: 'A232' };
  if (reconciliationId === null) {
    const fresh = { ...(await newReconciliation(tx, communityId)), ...what, isComplete: true };
    return insertAggregate(tx, bookReconciliationAggregate, fresh, note);
  }
  const before = await lockAggregate(tx, bookReconciliationAggregate, reconciliationId);
  return saveAggregate(tx, bookReconciliationAggregate, before, { ...before, ...what, isComplete: true }, note);
}

/** Keeps what came of a comparison; who leads is told when the books differ (A232). */
async function keepReconciliation(tx: Tx, communityId: string, compared: BookComparison): Promise<BookReconciliation> {
  const kept = await saved(tx, communityId, compared);
  const { id, onDay, number } = kept;
  publish(tx, kept, bookReconciliationMade, { reconciliationId: id, communityId, on: onDay, isClean: kept.isClean });
  if (kept.isClean) return kept;
  const to = { role: 'director' } as const;
  await notify(tx, { communityId, to, template: 'booksDiffer', params: { number }, aggregateId: id });
  const team = { role: 'supervisor', departmentCode: customerServiceDepartment } as const;
  await notify(tx, { communityId, to: team, template: 'booksDiffer', params: { number }, aggregateId: id });
  return kept;
}
