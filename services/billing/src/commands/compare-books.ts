import { newId } from '@steward/core';
import type { Tx } from '@steward/db';
import { bookReconciliationMade } from '@steward/events';
import { insertAggregate, nextNumber, notify, publish } from '@steward/service-kit';

import { ownerFeeChecks, paidServiceChecks } from '../db/book-queries.ts';
import { bookReconciliationAggregate } from '../db/ledger-aggregates.ts';
import { communityOfBooks, todayIn } from '../db/reference-queries.ts';
import { findAlteredBlocks, findAlteredBooks } from '../db/verification-queries.ts';
import type { BookCheck, BookReconciliation, LedgerFinding } from '../domain/ledger-period.ts';
import { customerServiceDepartment, numberPrefixes } from '../domain/ledger-policy.ts';
import { isClean } from '../domain/period-rules.ts';
import { counterBookChecks } from './counter-book-checks.ts';

/** Every book beside the ledger, and what does not fit in the ledger itself. */
export async function compareBooks(
  tx: Tx,
  communityId: string,
): Promise<{ checks: BookCheck[]; findings: LedgerFinding[] }> {
  const checks = [
    ...(await ownerFeeChecks(tx, communityId)),
    ...(await paidServiceChecks(tx, communityId)),
    ...(await counterBookChecks(tx, communityId)),
  ];
  return { checks, findings: await findAlteredBooks(tx, communityId) };
}

/** Compares the books and keeps what came of it; who leads is told when they differ (A232). */
export async function recordReconciliation(
  tx: Tx,
  communityId: string,
  fromHeight: number | null,
): Promise<BookReconciliation> {
  const { timeZone: zone } = await communityOfBooks(tx, communityId);
  const { checks, findings } = await compareBooks(tx, communityId);
  if (fromHeight !== null) findings.push(...(await findAlteredBlocks(tx, communityId, fromHeight)));
  const number = await nextNumber(tx, communityId, numberPrefixes.reconciliation, zone);
  const fresh = {
    id: newId(),
    communityId,
    number,
    onDay: await todayIn(tx, communityId),
    checks,
    findings,
    isClean: isClean(checks, findings),
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
