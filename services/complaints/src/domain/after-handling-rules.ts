import { DomainError, refuseAll, type Violation } from '@steward/core';

import { ratingRange, withdrawReasons, type LimitValues } from './complaint-policy.ts';
import type { Complaint, ComplaintMeans, ReturnVisitOutcome } from './complaint.ts';
import { anew, unique } from './handling-rules.ts';
import { isBlank } from './intake-rules.ts';
import { addHours } from './time-rules.ts';
import { moveTo, requireAction, stay } from './transition-rules.ts';

/** The resident gets a clear reply (A094). */
export function answer(complaint: Complaint, text: string, at: Date): Complaint {
  const kept = stay(complaint, 'answerComplaint');
  if (isBlank(text)) refuseAll([{ path: 'input.answer', reason: 'TEXT_REQUIRED', rule: 'A094' }]);
  return {
    ...kept,
    answeredAt: complaint.answeredAt ?? at,
    contactedAt: complaint.contactedAt ?? at,
    doneSteps: unique([...complaint.doneSteps, 'ANSWER']),
  };
}

/** Dealt with: the fifth field of the record is the result (A033). */
export function resolve(complaint: Complaint, result: string, at: Date): Complaint {
  const resolved = moveTo(complaint, 'resolveComplaint', 'RESOLVED');
  if (isBlank(result)) refuseAll([{ path: 'input.result', reason: 'RESULT_REQUIRED', rule: 'A033' }]);
  return { ...resolved, resolvedAt: at };
}

/** The result is told by phone or in person (A098). */
export function tellResult(complaint: Complaint, means: ComplaintMeans, at: Date): Complaint {
  const kept = stay(complaint, 'tellComplaintResult');
  if (means !== 'PHONE' && means !== 'IN_PERSON') {
    refuseAll([{ path: 'input.means', reason: 'MEANS_NOT_PERSONAL', rule: 'A098' }]);
  }
  return { ...kept, toldAt: at, doneSteps: unique([...complaint.doneSteps, 'RESULT_TOLD']) };
}

export type Visit = { outcome: ReturnVisitOutcome; rating?: number | null; opinion?: string | null; at: Date };

const isRating = (rating: number): boolean =>
  Number.isInteger(rating) && rating >= ratingRange.least.value && rating <= ratingRange.most.value;

function ratingViolations(rating: number | null | undefined): Violation[] {
  const path = 'input.rating';
  if (rating == null) return [{ path, reason: 'RATING_REQUIRED', rule: 'A037' }];
  const params = { least: ratingRange.least.value, most: ratingRange.most.value };
  return isRating(rating) ? [] : [{ path, reason: 'RATING_OUT_OF_RANGE', rule: 'A037', params }];
}

type Attempt = { lastAttemptAt: Date | null; figures: LimitValues };

/** Refuses a visit whose record is not complete, or that follows the last attempt too soon to count as one. */
export function requireVisit(complaint: Complaint, made: Visit, { lastAttemptAt, figures }: Attempt): void {
  requireAction(complaint, 'recordComplaintReturnVisit');
  const isMet = made.outcome !== 'UNREACHABLE';
  const violations = isMet ? ratingViolations(made.rating) : [];
  if (made.outcome === 'UNSATISFIED' && isBlank(made.opinion)) {
    violations.push({ path: 'input.opinion', reason: 'OPINION_REQUIRED', rule: 'A037' });
  }
  const { returnVisitRetryHours: hours } = figures;
  if (!isMet && lastAttemptAt !== null && made.at < addHours(lastAttemptAt, hours)) {
    violations.push({
      path: 'input.occurredAt',
      reason: 'RETURN_VISIT_TOO_SOON',
      rule: 'A037',
      params: { hours },
    });
  }
  refuseAll(violations);
}

/** The complaint after a visit that does not reopen it; one that nobody answers counts after the last attempt (A037). */
export function visit(complaint: Complaint, { outcome, rating, at }: Visit, figures: LimitValues): Complaint {
  const attempts = complaint.returnVisitAttempts + 1;
  const counts = outcome !== 'UNREACHABLE' || attempts >= figures.returnVisitAttempts;
  return {
    ...stay(complaint, 'recordComplaintReturnVisit'),
    returnVisitAttempts: attempts,
    returnVisitOutcome: counts ? outcome : null,
    returnVisitedAt: counts ? at : null,
    rating: rating ?? complaint.rating,
  };
}

export type Reopening = 'recordComplaintReturnVisit' | 'reopenComplaint';

/** Not solved after all: handled again at once (A036). */
export const reopen = (complaint: Complaint, action: Reopening): Complaint => ({
  ...moveTo(complaint, action, 'HANDLING'),
  ...anew,
  reopenCount: complaint.reopenCount + 1,
});

/** What is archived can be reopened for a while. */
export function requireReopening(complaint: Complaint, now: Date, { reopenDays: days }: LimitValues): void {
  requireAction(complaint, 'reopenComplaint');
  const { archivedAt } = complaint;
  if (archivedAt !== null && now > addHours(archivedAt, days * 24)) {
    throw new DomainError('CONFLICT', 'REOPENING_TOO_LATE', { rule: 'A036', params: { days } });
  }
}

/** Told, visited, put into the archive (A037). */
export const archive = (complaint: Complaint, now: Date): Complaint => ({
  ...moveTo(complaint, 'archiveComplaint', 'ARCHIVED'),
  archivedAt: now,
});

/** Taken back by whoever made it, or one that stands in the register already. */
export function withdraw(complaint: Complaint, reasonCode: string, now: Date): Complaint {
  const withdrawn = moveTo(complaint, 'withdrawComplaint', 'WITHDRAWN');
  if (!(withdrawReasons as readonly string[]).includes(reasonCode)) {
    const params = { code: reasonCode };
    refuseAll([{ path: 'input.reasonCode', reason: 'REASON_UNKNOWN', rule: 'A032', params }]);
  }
  return { ...withdrawn, withdrawnAt: now, withdrawReasonCode: reasonCode };
}

export function requireReason(reason: string, rule: string): void {
  // Two characters are a word in Chinese: 停电, 缺料.
  if ([...reason.trim()].length < 2) {
    throw new DomainError('BAD_USER_INPUT', 'REASON_REQUIRED', { path: 'input.reason', rule });
  }
}
