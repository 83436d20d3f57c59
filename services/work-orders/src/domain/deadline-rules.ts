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
  | 'DISPATCH'
  | 'ON_SITE'
  | 'COMPLETION'
  | 'WATER_TEST'
  | 'RETURN_VISIT'
  | 'ACCEPTANCE'
  | 'SAMPLE_VISITS'
  | 'REPORT_CHECK';

/** What of an order its clocks depend on. */
type Clocked = Pick<WorkOrder, 'priority' | 'appointmentAt' | 'convenientTo' | 'departmentCode' | 'returnVisitKind'>;

type Received = Pick<WorkOrder, 'receivedAt'>;

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

const dispatchMinutes = (order: Clocked, figures: WorkValues): number =>
  isEmergency(order) ? figures.emergencyDispatchMinutes : figures.dispatchMinutes;

/** Dispatch at once (B013). */
export const dispatchClock = (order: Clocked, figures: WorkValues): Clock => ({
  kind: 'DISPATCH',
  rule: 'B013',
  span: { amount: dispatchMinutes(order, figures), unit: 'minute' },
  ...toldAbout(order.departmentCode, figures),
});

/**
 * The first dispatch of a request. One that was taken down on paper has waited since then, so its clock runs from then;
 * but nobody could see it before it was typed in, so it is not missed sooner than some minutes after that.
 */
function firstDispatchClock(order: Clocked & Received, enteredAt: Date, figures: WorkValues): Clock {
  const clock = dispatchClock(order, figures);
  if (order.receivedAt >= enteredAt) return clock;
  const sinceReceived = addMinutes(order.receivedAt, dispatchMinutes(order, figures));
  const sinceEntry = addMinutes(enteredAt, figures.dispatchAfterEntryMinutes);
  const dueAt = sinceReceived > sinceEntry ? sinceReceived : sinceEntry;
  return { ...clock, span: { dueAt }, startedAt: order.receivedAt };
}

/** When the assignee is to be on site: an emergency at once, others at the appointment or within the convenient time. */
export function onSiteDueAt(order: Clocked, now: Date, figures: WorkValues): Date {
  if (isEmergency(order)) return addMinutes(now, figures.emergencyOnSiteMinutes);
  if (order.appointmentAt !== null) return order.appointmentAt;
  const { convenientTo } = order;
  return convenientTo !== null && convenientTo > now ? convenientTo : addHours(now, figures.onSiteHours);
}

/** When whoever takes work over is to be on site: as usual, but not after the time that the work is due already. */
export function takeoverOnSiteAt(order: Clocked & Pick<WorkOrder, 'dueAt'>, now: Date, figures: WorkValues): Date {
  const usual = onSiteDueAt(order, now, figures);
  const { dueAt } = order;
  return dueAt !== null && dueAt > now && dueAt < usual ? dueAt : usual;
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
export function intakeClocks(order: Clocked & Received, now: Date, figures: WorkValues): Clock[] {
  const dispatch = firstDispatchClock(order, now, figures);
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

type Standing = Clocked & Pick<WorkOrder, 'status' | 'arrivedAt' | 'dueAt'>;
type Moved = { clocks: Clock[]; ended: ClockKind[]; dueAt: Date | null };

/**
 * The clocks that run anew once an order is found to be about something else: all of them where its priority or the
 * department in charge has changed. Whoever is on site is not awaited there again, and clocks that stand still wait.
 */
export function clocksOfReclassified(before: Standing, after: Standing, now: Date, figures: WorkValues): Moved {
  const isSame = after.priority === before.priority && after.departmentCode === before.departmentCode;
  if (after.status === 'PAUSED' || (isSame && after.status === before.status))
    return { ...unmoved, dueAt: after.dueAt };
  if (isSame && after.status === 'RECEIVED')
    return { clocks: [dispatchClock(after, figures)], ended: ['DISPATCH'], dueAt: after.dueAt };
  if (after.status !== 'ON_SITE') return clocksOfPriority(after, now, figures);
  if (!isEmergency(after)) return { ...unmoved, dueAt: after.dueAt };
  const from = after.arrivedAt ?? now;
  const clocks = workClocks(after, from, figures).filter(({ kind }) => kind === 'COMPLETION');
  return { clocks, ended: ['COMPLETION'], dueAt: completionDueAt(from, figures) };
}

const unmoved: Pick<Moved, 'clocks' | 'ended'> = { clocks: [], ended: [] };

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

/** Work that nobody has signed for is not forgotten: counted from the completion (A110). */
export const acceptanceClock = (completedAt: Date, figures: WorkValues, afterWork: AfterWorkValues): Clock => ({
  kind: 'ACCEPTANCE',
  rule: 'A110',
  span: daySpan(afterWork.acceptanceDays, afterWork),
  startedAt: completedAt,
  ...toldAbout(customerServiceDepartment, figures),
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
