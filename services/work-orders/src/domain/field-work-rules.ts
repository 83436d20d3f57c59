import { DomainError, refuseAll, type Violation } from '@steward/core';

import { isBlank } from './intake-rules.ts';
import { isPositiveQuantity } from './quote-rules.ts';
import { addHours, rangeViolations } from './time-rules.ts';
import { moveTo, requireAction, stay } from './transition-rules.ts';
import { cancelReasons, pauseReasons, type WorkValues } from './work-order-policy.ts';
import type { WorkOrder, WorkOrderPriority } from './work-order.ts';

type Appointment = { appointmentAt: Date; convenientFrom?: Date | null; convenientTo?: Date | null };

/** A time agreed with the customer, inside the time that is convenient to the customer (A066, A068). */
export function agreeAppointment(
  order: WorkOrder,
  action: 'makeWorkOrderAppointment' | 'rescheduleWorkOrderAppointment',
  input: Appointment,
  now: Date,
): WorkOrder {
  stay(order, action);
  const from = input.convenientFrom ?? order.convenientFrom;
  const to = input.convenientTo ?? order.convenientTo;
  const { appointmentAt } = input;
  const violations: Violation[] = rangeViolations(input.convenientFrom, input.convenientTo, 'input.convenientTo');
  const refuse = (reason: string): void => void violations.push({ path: 'input.appointmentAt', reason, rule: 'A068' });
  if (appointmentAt <= now) refuse('IN_THE_PAST');
  const isConvenient = from === null || to === null || (appointmentAt >= from && appointmentAt < to);
  if (!isConvenient && violations.length === 0) refuse('OUTSIDE_CONVENIENT_TIME');
  refuseAll(violations);
  return { ...order, appointmentAt, convenientFrom: from, convenientTo: to };
}

export const arrive = (order: WorkOrder, arrivedAt: Date): WorkOrder => ({
  ...moveTo(order, 'arriveOnSite', 'ON_SITE'),
  arrivedAt,
});

type Pause = { reasonCode: string; until: Date };

/** The clocks stand still for a listed reason, and not for longer than the policy allows. */
export function pause(order: WorkOrder, input: Pause, now: Date, figures: WorkValues): WorkOrder {
  requireAction(order, 'pauseWorkOrder');
  const violations: Violation[] = [];
  if (!pauseReasons.some((code) => code === input.reasonCode)) {
    violations.push({
      path: 'input.reasonCode',
      reason: 'REASON_UNKNOWN',
      rule: 'B015',
      params: { code: input.reasonCode },
    });
  }
  const latest = addHours(now, figures.longestPauseDays * 24);
  if (input.until <= now) violations.push({ path: 'input.until', reason: 'IN_THE_PAST', rule: 'B015' });
  if (input.until > latest) {
    const params = { days: figures.longestPauseDays };
    violations.push({ path: 'input.until', reason: 'PAUSE_TOO_LONG', rule: 'B015', params });
  }
  refuseAll(violations);
  return {
    ...moveTo(order, 'pauseWorkOrder', 'PAUSED'),
    pausedAt: now,
    pausedUntil: input.until,
    pauseReasonCode: input.reasonCode,
    statusBeforePause: order.status,
  };
}

const noPause = { pausedAt: null, pausedUntil: null, pauseReasonCode: null, statusBeforePause: null };

/** The order without its pause; what is due moves by the time that the clocks stood still. */
export function endPause(order: WorkOrder, now: Date): WorkOrder {
  const stood = order.pausedAt === null ? 0 : now.getTime() - order.pausedAt.getTime();
  return { ...order, ...noPause, dueAt: order.dueAt === null ? null : new Date(order.dueAt.getTime() + stood) };
}

/** Back to where it stood. */
export const resume = (order: WorkOrder, now: Date): WorkOrder =>
  endPause(moveTo(order, 'resumeWorkOrder', order.statusBeforePause ?? 'ASSIGNED'), now);

type Material = { name: string; quantity: string; unit: string };

/** Material that was used, each with a name, a quantity and its unit (A205). */
export function useMaterials(order: WorkOrder, materials: readonly Material[]): WorkOrder {
  const kept = stay(order, 'recordWorkOrderMaterials');
  const violations = materials.flatMap(({ name, quantity, unit }, index): Violation[] => {
    const path = `input.materials.${index}`;
    const unnamed = isBlank(name) || isBlank(unit);
    return [
      ...(unnamed ? [{ path: `${path}.name`, reason: 'MATERIAL_REQUIRED', rule: 'A205' }] : []),
      ...(isPositiveQuantity(quantity)
        ? []
        : [{ path: `${path}.quantity`, reason: 'QUANTITY_NOT_POSITIVE', rule: 'A205' }]),
    ];
  });
  if (materials.length === 0) violations.push({ path: 'input.materials', reason: 'MATERIAL_REQUIRED', rule: 'A205' });
  refuseAll(violations);
  return kept;
}

/** The work is reported as done; without a picture of it nobody can tell. */
export function complete(order: WorkOrder, photoCount: number): WorkOrder {
  const completed = moveTo(order, 'completeWorkOrder', 'COMPLETED');
  if (photoCount < 1) refuseAll([{ path: 'input.photoFileIds', reason: 'PHOTO_REQUIRED', rule: 'A205' }]);
  return completed;
}

/** An order that is an emergency from now on, or one no longer. */
export function changePriority(order: WorkOrder, priority: WorkOrderPriority): WorkOrder {
  stay(order, 'changeWorkOrderPriority');
  if (order.priority === priority) throw new DomainError('CONFLICT', 'NOTHING_CHANGED', { rule: 'B013' });
  return { ...order, priority, appointmentAt: priority === 'EMERGENCY' ? null : order.appointmentAt };
}

/** Somebody asks again; not every few minutes. */
export function urge(order: WorkOrder, now: Date, figures: WorkValues): WorkOrder {
  stay(order, 'urgeWorkOrder');
  if (order.urgedAt !== null && now < addHours(order.urgedAt, figures.urgeAgainHours)) {
    const params = { hours: figures.urgeAgainHours };
    throw new DomainError('CONFLICT', 'URGED_RECENTLY', { rule: 'A008', params });
  }
  return { ...order, urgeCount: order.urgeCount + 1, urgedAt: now };
}

/** The order ends without being carried out. */
export function cancel(order: WorkOrder, reasonCode: string, now: Date): WorkOrder {
  const cancelled = moveTo(order, 'cancelWorkOrder', 'CANCELLED');
  if (!cancelReasons.some((code) => code === reasonCode)) {
    refuseAll([{ path: 'input.reasonCode', reason: 'REASON_UNKNOWN', rule: 'B013', params: { code: reasonCode } }]);
  }
  return { ...cancelled, ...noPause, cancelledAt: now, cancelReasonCode: reasonCode };
}
