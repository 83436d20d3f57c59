import type { Span } from '@steward/core';

import { addHours, addMinutes } from './time-rules.ts';
import {
  customerServiceDepartment,
  type AfterWorkValues,
  type ReviewValues,
  type WorkValues,
} from './work-order-policy.ts';
import type { ReturnVisitKind, WorkOrder } from './work-order.ts';

export type ClockKind =
  'DISPATCH' | 'ON_SITE' | 'COMPLETION' | 'WATER_TEST' | 'RETURN_VISIT' | 'SAMPLE_VISITS' | 'REPORT_CHECK';

/** What of an order its clocks depend on. */
type Clocked = Pick<WorkOrder, 'priority' | 'appointmentAt' | 'convenientTo' | 'departmentCode' | 'returnVisitKind'>;

type Told = { role: 'supervisor' | 'director'; departmentCode?: string };

/** A time limit to start: what is due, by which rule, and who is told. */
export type Clock = {
  kind: ClockKind;
  rule: string;
  span: Span | { dueAt: Date };
  startedAt?: Date;
  warnShare: number;
  warnTo: Told;
  escalations: { afterShare: number; to: Told }[];
};

type Shares = Pick<WorkValues, 'warnShare' | 'directorShare'>;

/** Warning and breach to the department's supervisor, later the director (settled reading 9). */
const toldAbout = (
  departmentCode: string,
  { warnShare, directorShare }: Shares,
): Pick<Clock, 'warnShare' | 'warnTo' | 'escalations'> => ({
  warnShare,
  warnTo: { role: 'supervisor', departmentCode },
  escalations: [
    { afterShare: 1, to: { role: 'supervisor', departmentCode } },
    { afterShare: directorShare, to: { role: 'director' } },
  ],
});

const isEmergency = (order: Clocked): boolean => order.priority === 'EMERGENCY';

/** Dispatch at once (B013). */
export function dispatchClock(order: Clocked, figures: WorkValues): Clock {
  const amount = isEmergency(order) ? figures.emergencyDispatchMinutes : figures.dispatchMinutes;
  return {
    kind: 'DISPATCH',
    rule: 'B013',
    span: { amount, unit: 'minute' },
    ...toldAbout(order.departmentCode, figures),
  };
}

/** When the assignee is to be on site: an emergency at once, others at the appointment or within the convenient time. */
export function onSiteDueAt(order: Clocked, now: Date, figures: WorkValues): Date {
  if (isEmergency(order)) return addMinutes(now, figures.emergencyOnSiteMinutes);
  if (order.appointmentAt !== null) return order.appointmentAt;
  const { convenientTo } = order;
  return convenientTo !== null && convenientTo > now ? convenientTo : addHours(now, figures.onSiteHours);
}

/** When the work is to be completed, counted from the time to be on site. */
export const completionDueAt = (onSiteAt: Date, figures: WorkValues): Date =>
  addHours(onSiteAt, figures.completionHours);

/**
 * The clocks of the work itself (A068, A109, B015). Completion has its hours from the time to be on site: a warning or an
 * escalation is a share of those, however far away the appointment is.
 */
export function workClocks(order: Clocked, onSiteAt: Date, figures: WorkValues, onSiteRule = 'A068'): Clock[] {
  const told = toldAbout(order.departmentCode, figures);
  return [
    { kind: 'ON_SITE', rule: onSiteRule, span: { dueAt: onSiteAt }, ...told },
    {
      kind: 'COMPLETION',
      rule: 'B015',
      span: { amount: figures.completionHours, unit: 'hour' },
      startedAt: onSiteAt,
      ...told,
    },
  ];
}

/** The clocks that start when a request is entered; an emergency's work is due from then on. */
export function intakeClocks(order: Clocked, now: Date, figures: WorkValues): Clock[] {
  const dispatch = dispatchClock(order, figures);
  return isEmergency(order) ? [dispatch, ...workClocks(order, onSiteDueAt(order, now, figures), figures)] : [dispatch];
}

/**
 * The clocks that run again once the priority has changed. Work that nobody has yet is due only if it is an emergency;
 * what was due before under the old priority is then due no longer.
 */
export function clocksOfPriority(
  order: Clocked & Pick<WorkOrder, 'status'>,
  now: Date,
  figures: WorkValues,
): { clocks: Clock[]; ended: ClockKind[]; dueAt: Date | null } {
  const waits = order.status === 'RECEIVED';
  const onSiteAt = onSiteDueAt(order, now, figures);
  const isDue = !waits || isEmergency(order) || order.appointmentAt !== null;
  return {
    clocks: [...(waits ? [dispatchClock(order, figures)] : []), ...(isDue ? workClocks(order, onSiteAt, figures) : [])],
    ended: ['DISPATCH', 'ON_SITE', 'COMPLETION'],
    dueAt: isDue ? completionDueAt(onSiteAt, figures) : null,
  };
}

/** When a reopened order is to be attended to: at once (A073). */
export const reworkOnSiteAt = (now: Date, afterWork: AfterWorkValues): Date =>
  addMinutes(now, afterWork.reworkOnSiteMinutes);

const daySpan = (amount: number, afterWork: AfterWorkValues): Span => ({
  amount,
  unit: afterWork.countsWorkingDays ? 'workingDay' : 'day',
});

/** A leak is tested before it can be visited (A071). */
export const waterTestClock = (
  order: Clocked,
  completedAt: Date,
  figures: WorkValues,
  afterWork: AfterWorkValues,
): Clock => ({
  kind: 'WATER_TEST',
  rule: 'A071',
  span: daySpan(afterWork.waterTestDays, afterWork),
  startedAt: completedAt,
  ...toldAbout(order.departmentCode, figures),
});

const visitTerms = {
  SAFETY: { rule: 'A070', days: 'safetyReturnVisitDays' },
  LEAK: { rule: 'A071', days: 'leakReturnVisitDays' },
  OTHER: { rule: 'A072', days: 'otherReturnVisitDays' },
} as const satisfies Record<ReturnVisitKind, { rule: string; days: keyof AfterWorkValues }>;

/** The return visit, counted from the completion, for a leak from the water test (A070-A072, settled reading 3). */
export function returnVisitClock(order: Clocked, from: Date, figures: WorkValues, afterWork: AfterWorkValues): Clock {
  const { rule, days } = visitTerms[order.returnVisitKind];
  const span = daySpan(afterWork[days], afterWork);
  return { kind: 'RETURN_VISIT', rule, span, startedAt: from, ...toldAbout(customerServiceDepartment, figures) };
}

/** The visits of a weekly sample (A242). */
export const sampleClock = (review: ReviewValues, figures: WorkValues): Clock => ({
  kind: 'SAMPLE_VISITS',
  rule: 'A242',
  span: { amount: review.sampleVisitDays, unit: 'day' },
  ...toldAbout(customerServiceDepartment, figures),
});

/** The check of a monthly report (A244). */
export const reportClock = (review: ReviewValues, figures: WorkValues): Clock => ({
  kind: 'REPORT_CHECK',
  rule: 'A244',
  span: { amount: review.reportCheckDays, unit: 'day' },
  ...toldAbout(customerServiceDepartment, figures),
});
