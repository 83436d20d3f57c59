import { DomainError, refuseAll, type Violation } from '@steward/core';

import { isBlank } from './intake-rules.ts';
import { isNamed, namedAt, signerViolations, type Naming, type Sender } from './signing-rules.ts';
import { addHours } from './time-rules.ts';
import { moveTo, requireAction, stay } from './transition-rules.ts';
import type { WorkOrderAction } from './transition-policy.ts';
import { ratingRange, type AfterWorkValues } from './work-order-policy.ts';
import type { ReturnVisitOutcome, WorkOrder } from './work-order.ts';

/** Accepted and visited: whatever comes last closes the order. Payment is not waited for (A110). */
const isDone = (order: WorkOrder): boolean => order.acceptedAt !== null && order.returnVisitOutcome !== null;

export type Reopening = Extract<
  WorkOrderAction,
  'recordWorkOrderWaterTest' | 'refuseWorkOrderAcceptance' | 'recordWorkOrderReturnVisit'
>;

/** The work is to be done again at once (A073): by the same hands, or dispatched anew where those are not there. */
export const reopen = (order: WorkOrder, action: Reopening, assigneeIsThere: boolean): WorkOrder => ({
  ...moveTo(order, action, assigneeIsThere ? 'ASSIGNED' : 'RECEIVED'),
  reworkCount: order.reworkCount + 1,
  assigneeId: assigneeIsThere ? order.assigneeId : null,
  appointmentAt: null,
  arrivedAt: null,
  completedAt: null,
  waterTestedAt: null,
  acceptedAt: null,
  returnVisitOutcome: null,
  returnVisitedAt: null,
  returnVisitAttempts: 0,
});

/** The water test of a repaired leak held (A071). */
export const passWaterTest = (order: WorkOrder, testedAt: Date): WorkOrder => ({
  ...moveTo(order, 'recordWorkOrderWaterTest', order.status),
  waterTestedAt: testedAt,
});

/** How the work is accepted: signed by the household, or for a place without one by somebody who did not do it. */
export type Acceptance = {
  at: Date;
  isSigned: boolean;
  naming: Naming;
  sender: Sender;
  signerIsMember: boolean;
  /** Accepts for the property company, which only certain roles do. */
  mayAcceptForProperty: boolean;
  actorId: string | null;
};

function acceptanceViolations(order: WorkOrder, acceptance: Acceptance): Violation[] {
  const rule = 'A110';
  const { naming, sender } = acceptance;
  if (order.householdId === null) {
    const isOwnWork = acceptance.actorId === order.assigneeId;
    if (isOwnWork || !acceptance.mayAcceptForProperty) return [{ path: 'input.id', reason: 'OWN_WORK', rule }];
    return isNamed(naming) ? [{ path: namedAt(naming), reason: 'SIGNER_NOT_ALLOWED', rule }] : [];
  }
  if (!acceptance.isSigned) return [{ path: 'input.signatureFileId', reason: 'SIGNATURE_REQUIRED', rule }];
  return signerViolations(naming, sender, { isOfHousehold: acceptance.signerIsMember, rule });
}

/** Whether the fee is asked at this point: once per order, and only after the acceptance (A110). */
export const isFeeDue = (order: WorkOrder): boolean =>
  order.isPaid && (order.agreedFeeAmount ?? 0) > 0 && order.chargeState === 'NONE';

/** The household accepts the work. */
export function accept(order: WorkOrder, acceptance: Acceptance): WorkOrder {
  requireAction(order, 'acceptWorkOrder');
  refuseAll(acceptanceViolations(order, acceptance));
  const accepted: WorkOrder = {
    ...order,
    acceptedAt: acceptance.at,
    chargeState: isFeeDue(order) ? 'REQUESTED' : order.chargeState,
  };
  const closes = isDone(accepted);
  const { status } = moveTo(order, 'acceptWorkOrder', closes ? 'CLOSED' : 'ACCEPTED');
  return { ...accepted, status, closedAt: closes ? acceptance.at : null };
}

/** What the household signs: which work, how it was agreed and what it costs. */
export const acceptanceStatement = (order: WorkOrder, lines: unknown): unknown => ({
  number: order.number,
  placeId: order.placeId,
  householdId: order.householdId,
  tradeCode: order.tradeCode,
  problemCode: order.problemCode,
  completedAt: order.completedAt,
  fee: order.isPaid ? { amount: order.agreedFeeAmount, currency: order.currency } : null,
  lines,
});

export const isRating = (rating: number): boolean =>
  Number.isInteger(rating) && rating >= ratingRange.least.value && rating <= ratingRange.most.value;

export function ratingViolations(rating: number): Violation[] {
  if (isRating(rating)) return [];
  const params = { least: ratingRange.least.value, most: ratingRange.most.value };
  return [{ path: 'input.rating', reason: 'RATING_OUT_OF_RANGE', rule: 'A008', params }];
}

export type Visit = { outcome: ReturnVisitOutcome; rating?: number | null; opinion?: string | null; at: Date };

/** Who was met is asked for an opinion on the result (A008); who is not satisfied says why. */
function opinionViolations({ outcome, rating, opinion }: Visit): Violation[] {
  if (outcome === 'UNREACHABLE') return [];
  const violations: Violation[] =
    rating == null ? [{ path: 'input.rating', reason: 'RATING_REQUIRED', rule: 'A008' }] : ratingViolations(rating);
  if (outcome === 'UNSATISFIED' && isBlank(opinion)) {
    violations.push({ path: 'input.opinion', reason: 'OPINION_REQUIRED', rule: 'A008' });
  }
  return violations;
}

type Attempt = { lastAttemptAt: Date | null; afterWork: AfterWorkValues };

/** Refuses a visit whose record is not complete, or that follows the last attempt too soon to count as one. */
export function requireVisit(order: WorkOrder, made: Visit, { lastAttemptAt, afterWork }: Attempt): void {
  requireAction(order, 'recordWorkOrderReturnVisit');
  const violations = opinionViolations(made);
  const { returnVisitRetryHours } = afterWork;
  const isTooSoon = lastAttemptAt !== null && made.at < addHours(lastAttemptAt, returnVisitRetryHours);
  if (made.outcome === 'UNREACHABLE' && isTooSoon) {
    const params = { hours: returnVisitRetryHours };
    violations.push({ path: 'input.occurredAt', reason: 'RETURN_VISIT_TOO_SOON', rule: 'A069', params });
  }
  refuseAll(violations);
}

/** The order after a visit that does not reopen it; one that nobody answers counts after the last attempt (A069). */
export function visit(order: WorkOrder, { outcome, rating, at }: Visit, afterWork: AfterWorkValues): WorkOrder {
  const attempts = order.returnVisitAttempts + 1;
  const counts = outcome !== 'UNREACHABLE' || attempts >= afterWork.returnVisitAttempts;
  const visited: WorkOrder = {
    ...order,
    returnVisitAttempts: attempts,
    returnVisitOutcome: counts ? outcome : null,
    returnVisitedAt: counts ? at : null,
    opinionRating: rating ?? order.opinionRating,
  };
  const closes = isDone(visited);
  const { status } = moveTo(order, 'recordWorkOrderReturnVisit', closes ? 'CLOSED' : order.status);
  return { ...visited, status, closedAt: closes ? at : null };
}

/** The household's own word on the result (A008). */
export function giveOpinion(order: WorkOrder, rating: number, opinionSealed: string | null): WorkOrder {
  stay(order, 'recordWorkOrderOpinion');
  refuseAll(ratingViolations(rating));
  return { ...order, opinionRating: rating, opinionSealed };
}

export function requireReason(reason: string, rule: string): void {
  // Two characters are a word in Chinese: 停电, 缺料.
  if ([...reason.trim()].length < 2) {
    throw new DomainError('BAD_USER_INPUT', 'REASON_REQUIRED', { path: 'input.reason', rule });
  }
}
