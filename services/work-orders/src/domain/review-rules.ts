import { DomainError, refuseAll, stableHash, type Violation } from '@steward/core';

import { ratingViolations } from './after-work-rules.ts';
import type { WorkOrderMonthlyReport, WorkOrderSample, WorkOrderSampleEntry } from './review.ts';
import type { ReviewValues } from './work-order-policy.ts';

export const sampleSize = (total: number, { sampleShare, sampleAtLeast, sampleAtMost }: ReviewValues): number =>
  Math.min(total, sampleAtMost, Math.max(sampleAtLeast, Math.ceil(total * sampleShare)));

/** A sample that cannot be chosen by hand and can be drawn again: by the hash of seed and id (A242). */
export function drawSample(ids: readonly string[], seed: string, values: ReviewValues): string[] {
  const drawn = [...ids].sort((a, b) => stableHash(seed + a) - stableHash(seed + b) || (a < b ? -1 : 1));
  return drawn.slice(0, sampleSize(ids.length, values));
}

type SampleVisit = { workOrderId: string; isReached: boolean; rating?: number | null };

/** The entry of the sample that a visit is about. */
export function visitedEntry(
  sample: WorkOrderSample,
  entries: readonly WorkOrderSampleEntry[],
  visit: SampleVisit,
): WorkOrderSampleEntry {
  if (sample.status !== 'OPEN') {
    const params = { action: 'recordWorkOrderSampleVisit', status: sample.status };
    throw new DomainError('CONFLICT', 'ILLEGAL_TRANSITION', { rule: 'A242', params });
  }
  const entry = entries.find(({ workOrderId }) => workOrderId === visit.workOrderId);
  const path = 'input.workOrderId';
  if (entry === undefined) throw new DomainError('NOT_FOUND', 'NOT_IN_SAMPLE', { rule: 'A242', path });
  if (entry.visitedAt !== null) throw new DomainError('CONFLICT', 'VISIT_RECORDED', { rule: 'A242', path });
  const violations: Violation[] = [];
  if (visit.isReached) {
    if (visit.rating == null) violations.push({ path: 'input.rating', reason: 'RATING_REQUIRED', rule: 'A242' });
    else violations.push(...ratingViolations(visit.rating));
  }
  refuseAll(violations);
  return entry;
}

/** The last visit completes the sample. */
export const afterVisit = (
  sample: WorkOrderSample,
  entries: readonly WorkOrderSampleEntry[],
  visitedId: string,
): WorkOrderSample => {
  const isComplete = entries.every((entry) => entry.id === visitedId || entry.visitedAt !== null);
  return { ...sample, status: isComplete ? 'COMPLETED' : 'OPEN' };
};

/** The supervisor has checked the report against the buildings (A244). */
export function checkReport(report: WorkOrderMonthlyReport, now: Date): WorkOrderMonthlyReport {
  if (report.status !== 'ISSUED') {
    const params = { action: 'checkWorkOrderMonthlyReport', status: report.status };
    throw new DomainError('CONFLICT', 'ILLEGAL_TRANSITION', { rule: 'A244', params });
  }
  return { ...report, status: 'CHECKED', checkedAt: now };
}

/** Mean of the ratings given so far, to two places; null before the first. */
export function meanRating(entries: readonly { rating: number | null }[]): string | null {
  const ratings = entries.flatMap(({ rating }) => (rating === null ? [] : [rating]));
  if (ratings.length === 0) return null;
  return (ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length).toFixed(2);
}
