import { DomainError, type Params } from '@steward/core';

import { workOrderTransitions, type Transition, type WorkOrderAction } from './transition-policy.ts';
import type { WorkOrder, WorkOrderStatus } from './work-order.ts';

export const workOrderActions = Object.keys(workOrderTransitions) as WorkOrderAction[];

/** Why an action is refused in the order's present state, whoever asks. */
export type StateRefusal = { reason: string; rule: string; params?: Params };

type Guard = (order: WorkOrder) => StateRefusal | null;

const refuseIf =
  (isRefused: (order: WorkOrder) => boolean, reason: string, rule: string): Guard =>
  (order) =>
    isRefused(order) ? { reason, rule } : null;

const feeNotAskedFor = refuseIf((order) => order.chargeState !== 'NONE', 'CHARGE_REQUESTED', 'A110');
const noChargeStands = refuseIf(
  ({ chargeState }) => chargeState !== 'NONE' && chargeState !== 'REVERSED',
  'CHARGE_NOT_REVERSED',
  'A110',
);
const workIsPaid = refuseIf((order) => !order.isPaid, 'WORK_IS_FREE', 'A067');
const quoteAgreed = refuseIf((order) => order.isPaid && order.agreedQuoteId === null, 'QUOTE_NOT_AGREED', 'A108');
const isLeak = refuseIf((order) => order.returnVisitKind !== 'LEAK', 'NOT_A_LEAK', 'A071');
const notTested = refuseIf((order) => order.waterTestedAt !== null, 'WATER_TEST_RECORDED', 'A071');
const waterTestHeld = refuseIf(
  (order) => order.returnVisitKind === 'LEAK' && order.waterTestedAt === null,
  'WATER_TEST_MISSING',
  'A071',
);
const notVisited = refuseIf((order) => order.returnVisitOutcome !== null, 'RETURN_VISIT_RECORDED', 'A069');
const mayWait = refuseIf((order) => order.priority === 'EMERGENCY', 'EMERGENCY_AT_ONCE', 'B013');
const noAppointment = refuseIf((order) => order.appointmentAt !== null, 'APPOINTMENT_MADE', 'A068');
const hasAppointment = refuseIf((order) => order.appointmentAt === null, 'APPOINTMENT_MISSING', 'A068');

/** What has to be so besides the status. */
const guards: Partial<Record<WorkOrderAction, readonly Guard[]>> = {
  locateWorkOrder: [feeNotAskedFor],
  reclassifyWorkOrder: [feeNotAskedFor],
  changeWorkOrderResponsibleParty: [feeNotAskedFor],
  makeWorkOrderAppointment: [mayWait, noAppointment],
  rescheduleWorkOrderAppointment: [mayWait, hasAppointment],
  quoteWorkOrder: [workIsPaid, feeNotAskedFor],
  recordWorkOrderMaterials: [quoteAgreed],
  completeWorkOrder: [quoteAgreed],
  recordWorkOrderWaterTest: [isLeak, notTested],
  acceptWorkOrder: [waterTestHeld],
  cancelWorkOrder: [noChargeStands],
  recordWorkOrderReturnVisit: [waterTestHeld, notVisited],
};

const transitionOf = (action: WorkOrderAction): Transition => workOrderTransitions[action];

/** Why the state refuses an action; null if it does not. What the input has to hold is judged by the action's own rule. */
export function stateRefusal(order: WorkOrder, action: WorkOrderAction): StateRefusal | null {
  const { from, rule } = transitionOf(action);
  if (!from.includes(order.status)) {
    return { reason: 'ILLEGAL_TRANSITION', rule, params: { action, status: order.status } };
  }
  for (const guard of guards[action] ?? []) {
    const refusal = guard(order);
    if (refusal !== null) return refusal;
  }
  return null;
}

export function requireAction(order: WorkOrder, action: WorkOrderAction): void {
  const refusal = stateRefusal(order, action);
  if (refusal !== null) throw new DomainError('CONFLICT', refusal.reason, refusal);
}

/** The order in the status that an action leads to; a way that the table does not have is a mistake of the code. */
export function moveTo(order: WorkOrder, action: WorkOrderAction, status: WorkOrderStatus): WorkOrder {
  requireAction(order, action);
  const { to } = transitionOf(action);
  if (!to.includes(status) && !(status === order.status && to.includes('same'))) {
    throw new Error(`${action} does not lead from ${order.status} to ${status}`);
  }
  return { ...order, status };
}

/** The order as it stands, for an action that changes other things than the status. */
export const stay = (order: WorkOrder, action: WorkOrderAction): WorkOrder => moveTo(order, action, order.status);
