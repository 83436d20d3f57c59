import { DomainError, refuseAll } from '@steward/core';

import { isBlank } from './intake-rules.ts';
import type { ComplaintReport } from './complaint-report.ts';

const rule = 'A038';

/** Why the state refuses a review; null if it does not. */
export const reviewRefusal = ({ status }: Pick<ComplaintReport, 'status'>) =>
  status === 'ISSUED'
    ? null
    : { reason: 'ILLEGAL_TRANSITION', rule, params: { action: 'reviewComplaintReport', status } };

/** Analysed and summed up in words (A038). */
export function reviewReport(report: ComplaintReport, conclusion: string, now: Date): ComplaintReport {
  const refusal = reviewRefusal(report);
  if (refusal !== null) throw new DomainError('CONFLICT', refusal.reason, refusal);
  if (isBlank(conclusion)) refuseAll([{ path: 'input.conclusion', reason: 'TEXT_REQUIRED', rule }]);
  return { ...report, status: 'REVIEWED', reviewedAt: now };
}
