import { DomainError, refuseAll, type Violation } from '@steward/core';

import { endPause } from './field-work-rules.ts';
import type { StaffPostReference, StaffReference } from './references.ts';
import { holdsOn } from './time-rules.ts';
import { requireAction, moveTo } from './transition-rules.ts';
import { dispatchRoles } from './work-order-policy.ts';
import type { WorkOrder } from './work-order.ts';

/** What needs no specialist. */
const generalTrade = 'GENERAL';

/** A member of staff with what dispatching looks at. */
export type Fitter = {
  staff: StaffReference;
  posts: readonly StaffPostReference[];
};

export type Candidate = { staffId: string; isOnDuty: boolean; isOfTrade: boolean; openOrderCount: number };

export const isOnDuty = (staff: Pick<StaffReference, 'onDutyFrom' | 'onDutyTo'>, now: Date): boolean =>
  staff.onDutyFrom !== null && staff.onDutyFrom <= now && (staff.onDutyTo === null || now < staff.onDutyTo);

/** Of the trade itself; what is general is for whoever has a trade at all, and a generalist for nothing else. */
export const isFitFor = (staff: Pick<StaffReference, 'tradeCodes'>, tradeCode: string): boolean =>
  staff.tradeCodes.includes(tradeCode) || (tradeCode === generalTrade && staff.tradeCodes.length > 0);

export const worksIn = ({ staff, posts }: Fitter, communityId: string, day: string): boolean =>
  (staff.leftOn === null || day < staff.leftOn) &&
  posts.some((post) => post.communityId === communityId && holdsOn(post, day));

/** Repairs go to who repairs in the department in charge (A109): not to the guard who happens to know the trade. */
export const worksFor = (
  { posts }: Fitter,
  { communityId, departmentCode }: Pick<WorkOrder, 'communityId' | 'departmentCode'>,
  day: string,
): boolean =>
  posts.some(
    (post) =>
      post.communityId === communityId &&
      post.departmentCode === departmentCode &&
      dispatchRoles.value.some((role) => role === post.role) &&
      holdsOn(post, day),
  );

export type Moment = { now: Date; day: string };

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
  if (!worksIn(fitter, order.communityId, day)) {
    violations.push({ path, reason: 'STAFF_NOT_OF_COMMUNITY', rule: 'B013' });
  } else if (!worksFor(fitter, order, day)) {
    const params = { departmentCode: order.departmentCode };
    violations.push({ path, reason: 'DEPARTMENT_MISMATCH', rule: 'A109', params });
  }
  if (!isFitFor(fitter.staff, order.tradeCode)) {
    violations.push({ path, reason: 'TRADE_MISMATCH', rule: 'B013', params: { tradeCode: order.tradeCode } });
  }
  if (needsDuty && !isOnDuty(fitter.staff, now)) violations.push({ path, reason: 'NOT_ON_DUTY', rule: 'B013' });
  return violations;
}

/** Whether the work can stay in the hands of whoever has it: fit for it, posted there, and on duty where that counts. */
export const isStillFit = (order: WorkOrder, fitter: Fitter | null, needsDuty: boolean, moment: Moment): boolean =>
  fitnessViolations(order, fitter, needsDuty, moment).length === 0;

/** A time that has passed is agreed no longer. */
const coming = (at: Date | null, now: Date): Date | null => (at !== null && at > now ? at : null);

/** The agreed time of an order, or where there is none the convenient time, each if it is still to come. */
const proposedAppointment = (order: WorkOrder, now: Date): Date | null =>
  order.priority === 'EMERGENCY' ? null : (coming(order.appointmentAt, now) ?? coming(order.convenientFrom, now));

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

/** The order without an assignee and to be dispatched again, with a time agreed only if it is still to come. */
const unassigned = (order: WorkOrder, now: Date): WorkOrder => ({
  ...order,
  status: 'RECEIVED',
  assigneeId: null,
  assignedAt: null,
  arrivedAt: null,
  appointmentAt: coming(order.appointmentAt, now),
});

/** Given back by whoever has it, or taken back by the desk. */
export const giveBack = (order: WorkOrder, now: Date): WorkOrder =>
  unassigned(moveTo(order, 'returnWorkOrder', 'RECEIVED'), now);

/** Taken from somebody who is no longer there, or no longer fit for it; a pause of theirs ends with it. */
export const takeBack = (order: WorkOrder, now: Date): WorkOrder => unassigned(endPause(order, now), now);
