import { DomainError, refuseAll, type Violation } from '@steward/core';

import type { StaffPostReference, StaffReference } from './references.ts';
import { holdsOn } from './time-rules.ts';
import { requireAction, moveTo } from './transition-rules.ts';
import type { WorkOrder } from './work-order.ts';

/** Fit for every trade that needs no specialist. */
const generalTrade = 'GENERAL';

/** A member of staff with what dispatching looks at. */
export type Fitter = {
  staff: StaffReference;
  posts: readonly StaffPostReference[];
};

export type Candidate = { staffId: string; isOnDuty: boolean; isOfTrade: boolean; openOrderCount: number };

export const isOnDuty = (staff: Pick<StaffReference, 'onDutyFrom' | 'onDutyTo'>, now: Date): boolean =>
  staff.onDutyFrom !== null && staff.onDutyFrom <= now && (staff.onDutyTo === null || now < staff.onDutyTo);

export const isFitFor = (staff: Pick<StaffReference, 'tradeCodes'>, tradeCode: string): boolean =>
  staff.tradeCodes.includes(tradeCode) || staff.tradeCodes.includes(generalTrade);

export const worksIn = ({ staff, posts }: Fitter, communityId: string, day: string): boolean =>
  (staff.leftOn === null || day < staff.leftOn) &&
  posts.some((post) => post.communityId === communityId && holdsOn(post, day));

type Moment = { now: Date; day: string };

/** Why somebody cannot get the order; on duty has to be who takes it, or gets an emergency. */
function fitnessViolations(
  order: WorkOrder,
  fitter: Fitter | null,
  needsDuty: boolean,
  { now, day }: Moment,
): Violation[] {
  const path = 'input.assigneeId';
  if (fitter === null) return [{ path, reason: 'STAFF_UNKNOWN', rule: 'B013' }];
  const violations: Violation[] = [];
  if (!worksIn(fitter, order.communityId, day))
    violations.push({ path, reason: 'STAFF_NOT_OF_COMMUNITY', rule: 'B013' });
  if (!isFitFor(fitter.staff, order.tradeCode)) {
    violations.push({ path, reason: 'TRADE_MISMATCH', rule: 'B013', params: { tradeCode: order.tradeCode } });
  }
  if (needsDuty && !isOnDuty(fitter.staff, now)) violations.push({ path, reason: 'NOT_ON_DUTY', rule: 'B013' });
  return violations;
}

/** The agreed time of an order that has none yet: the convenient time, if it is still to come. */
const proposedAppointment = (order: WorkOrder, now: Date): Date | null => {
  if (order.appointmentAt !== null || order.priority === 'EMERGENCY') return order.appointmentAt;
  return order.convenientFrom !== null && order.convenientFrom > now ? order.convenientFrom : null;
};

const given = (order: WorkOrder, assigneeId: string, now: Date): WorkOrder => ({
  ...order,
  assigneeId,
  assignedAt: now,
  arrivedAt: null,
  dispatchCount: order.dispatchCount + 1,
  appointmentAt: proposedAppointment(order, now),
});

type Assigning = 'assignWorkOrder' | 'takeWorkOrder' | 'transferWorkOrder';

/** The order in the hands of a member of staff who is fit for it. */
export function giveTo(order: WorkOrder, action: Assigning, fitter: Fitter | null, moment: Moment): WorkOrder {
  requireAction(order, action);
  if (action === 'transferWorkOrder' && fitter?.staff.id === order.assigneeId) {
    throw new DomainError('CONFLICT', 'SAME_ASSIGNEE', { rule: 'A109', path: 'input.assigneeId' });
  }
  const needsDuty = action === 'takeWorkOrder' || order.priority === 'EMERGENCY';
  refuseAll(fitnessViolations(order, fitter, needsDuty, moment));
  return given(moveTo(order, action, 'ASSIGNED'), fitter?.staff.id ?? '', moment.now);
}

const byRank = (a: Candidate, b: Candidate): number =>
  Number(b.isOnDuty) - Number(a.isOnDuty) ||
  Number(b.isOfTrade) - Number(a.isOfTrade) ||
  a.openOrderCount - b.openOrderCount ||
  (a.staffId < b.staffId ? -1 : 1);

/** Best placed first: on duty, of the trade itself, least open orders (B013). */
export const rankCandidates = (candidates: readonly Candidate[]): Candidate[] => [...candidates].sort(byRank);

/** The order in the hands of the best placed who is on duty. */
export function dispatch(order: WorkOrder, candidates: readonly Candidate[], now: Date): WorkOrder {
  requireAction(order, 'dispatchWorkOrder');
  const [best] = rankCandidates(candidates).filter((candidate) => candidate.isOnDuty);
  if (best === undefined) throw new DomainError('CONFLICT', 'NOBODY_ON_DUTY', { rule: 'B013' });
  return given(moveTo(order, 'dispatchWorkOrder', 'ASSIGNED'), best.staffId, now);
}

/** The order without an assignee, to be dispatched again. */
export const giveBack = (order: WorkOrder): WorkOrder => ({
  ...moveTo(order, 'returnWorkOrder', 'RECEIVED'),
  assigneeId: null,
  assignedAt: null,
  arrivedAt: null,
});
