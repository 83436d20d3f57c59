import type { Span } from '@steward/core';

import { decorationDepartments, type DecorationValues } from './decoration-policy.ts';
import type { DecorationViolation } from './decoration-violation.ts';

type Told = { role: 'supervisor' | 'director'; departmentCode?: string };

/** A time limit to start: what is due, by which rule, and who is told. */
export type DecorationClock = {
  kind: 'PLAN_REVIEW' | 'COUNTER_SIGNING' | 'PERMIT_END' | 'COMPLETION_CHECK' | 'INSPECTION' | 'REMEDY';
  rule: string;
  span: Span | { dueAt: Date };
  warnShare: number;
  warnTo: Told;
  escalations: { afterShare: number; to: Told }[];
};

/** Warning and breach to the department's supervisor, later the director. */
const toldTo = (
  departmentCode: string,
  { warnShare, directorShare }: DecorationValues,
): Pick<DecorationClock, 'warnShare' | 'warnTo' | 'escalations'> => ({
  warnShare,
  warnTo: { role: 'supervisor', departmentCode },
  escalations: [
    { afterShare: 1, to: { role: 'supervisor', departmentCode } },
    { afterShare: directorShare, to: { role: 'director' } },
  ],
});

const { maintenance, security, desk } = decorationDepartments;

export const planReviewClock = (figures: DecorationValues): DecorationClock => ({
  kind: 'PLAN_REVIEW',
  rule: 'A225',
  span: { amount: figures.planReviewDays, unit: 'day' },
  ...toldTo(maintenance, figures),
});

export const counterSigningClock = (figures: DecorationValues): DecorationClock => ({
  kind: 'COUNTER_SIGNING',
  rule: 'B010',
  span: { amount: figures.counterSignDays, unit: 'day' },
  ...toldTo(desk, figures),
});

/** The works are to be finished, or the permit extended, before it ends. */
export const permitEndClock = (endsAt: Date, figures: DecorationValues): DecorationClock => ({
  kind: 'PERMIT_END',
  rule: 'A086',
  span: { dueAt: endsAt },
  ...toldTo(desk, figures),
});

export const completionCheckClock = (figures: DecorationValues): DecorationClock => ({
  kind: 'COMPLETION_CHECK',
  rule: 'A225',
  span: { amount: figures.completionCheckDays, unit: 'day' },
  ...toldTo(maintenance, figures),
});

/** A drawn unit is looked at on its day. */
export const inspectionClock = (figures: DecorationValues): DecorationClock => ({
  kind: 'INSPECTION',
  rule: 'A238',
  span: { amount: 0, unit: 'sameDay' },
  ...toldTo(security, figures),
});

export const remedyClock = ({ remedyDueAt }: DecorationViolation, figures: DecorationValues): DecorationClock => ({
  kind: 'REMEDY',
  rule: 'A250',
  span: { dueAt: remedyDueAt },
  ...toldTo(security, figures),
});

/** The time to remedy: hours where the work stands still meanwhile, otherwise days. */
export const remedySpan = (isStopOrder: boolean, { stopRemedyHours, remedyDays }: DecorationValues): Span =>
  isStopOrder ? { amount: stopRemedyHours, unit: 'hour' } : { amount: remedyDays, unit: 'day' };
