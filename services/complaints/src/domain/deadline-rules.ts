import type { Span } from '@steward/core';

import { customerServiceDepartment, type AnalysisValues, type LimitValues } from './complaint-policy.ts';
import type { Complaint, ComplaintGrade } from './complaint.ts';

export type ClockKind =
  | 'STOP_HARM'
  | 'DIRECTOR_REFERRAL'
  | 'SUPERVISOR_REFERRAL'
  | 'ANSWER'
  | 'SOLUTION'
  | 'RESULT_TELLING'
  | 'RETURN_VISIT'
  | 'PREVENTION_PLAN'
  | 'REPORT_REVIEW';

/** What of a complaint its clocks depend on. */
export type Clocked = Pick<Complaint, 'grade' | 'departmentCode' | 'wantedUntil' | 'isHarmOngoing' | 'harmStoppedAt'>;

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

type Escalating = Pick<LimitValues, 'warnShare' | 'directorShare'>;

const director: Told = { role: 'director' };

/** A warning to the department's supervisor, the breach to them as well, and later to the director (A036). */
const toSupervisor = (
  departmentCode: string,
  { warnShare, directorShare }: Escalating,
): Pick<Clock, 'warnShare' | 'warnTo' | 'escalations'> => ({
  warnShare,
  warnTo: { role: 'supervisor', departmentCode },
  escalations: [
    { afterShare: 1, to: { role: 'supervisor', departmentCode } },
    { afterShare: directorShare, to: director },
  ],
});

/** What is major or hurts somebody reaches the director at the breach, and once more later. */
const toDirector = (
  departmentCode: string,
  figures: Escalating,
): Pick<Clock, 'warnShare' | 'warnTo' | 'escalations'> => {
  const told = toSupervisor(departmentCode, figures);
  return { ...told, escalations: [...told.escalations, { afterShare: 1, to: director }] };
};

type Limits = Pick<LimitValues, 'countsWorkingDays'>;

/** The same day is a day of the calendar, whatever is counted otherwise. */
const days = (amount: number, { countsWorkingDays }: Limits): Span => ({
  amount,
  unit: countsWorkingDays && amount > 0 ? 'workingDay' : 'day',
});

const solutions = {
  MAJOR: { rule: 'A094', days: 'majorSolutionDays' },
  IMPORTANT: { rule: 'A096', days: 'importantSolutionDays' },
  MINOR: { rule: 'A097', days: 'minorSolutionDays' },
} as const satisfies Record<ComplaintGrade, { rule: string; days: keyof LimitValues }>;

/** Solved within the days of its grade; a minor complaint by the resident's own date where one was given (A097). */
export function solutionClock(complaint: Clocked, startedAt: Date, figures: LimitValues): Clock {
  const { grade, wantedUntil, departmentCode } = complaint;
  const { rule, days: figure } = solutions[grade];
  const span = grade === 'MINOR' && wantedUntil !== null ? { dueAt: wantedUntil } : days(figures[figure], figures);
  const told = (grade === 'MAJOR' ? toDirector : toSupervisor)(departmentCode, figures);
  return { kind: 'SOLUTION', rule, span, startedAt, ...told };
}

/** Put before the director the same day, answered in two (A094). */
const majorClocks = (startedAt: Date, figures: LimitValues): Clock[] => {
  const told = toDirector(customerServiceDepartment, figures);
  const rule = 'A094';
  return [
    { kind: 'DIRECTOR_REFERRAL', rule, span: days(figures.majorReferralDays, figures), startedAt, ...told },
    { kind: 'ANSWER', rule, span: days(figures.majorAnswerDays, figures), startedAt, ...told },
  ];
};

/** Handed to the department's supervisor within the hour (A096). */
const importantClock = (startedAt: Date, figures: LimitValues): Clock => ({
  kind: 'SUPERVISOR_REFERRAL',
  rule: 'A096',
  span: { amount: figures.importantReferralHours, unit: 'hour' },
  startedAt,
  ...toSupervisor(customerServiceDepartment, figures),
});

/** What is due of a complaint by its grade, counted from `startedAt`. */
export function gradeClocks(complaint: Clocked, startedAt: Date, figures: LimitValues): Clock[] {
  const solution = solutionClock(complaint, startedAt, figures);
  if (complaint.grade === 'MAJOR') return [...majorClocks(startedAt, figures), solution];
  return complaint.grade === 'IMPORTANT' ? [importantClock(startedAt, figures), solution] : [solution];
}

/** The clocks that a regrading ends: every one that the grade has set. */
export const clocksOfGrade: readonly ClockKind[] = ['DIRECTOR_REFERRAL', 'SUPERVISOR_REFERRAL', 'ANSWER', 'SOLUTION'];

type Regraded = Clocked & Pick<Complaint, 'status' | 'answeredAt'>;

/** What a regrading makes due: the clocks of the new grade, but for what was done before it. */
export function clocksOfRegrading(complaint: Regraded, startedAt: Date, figures: LimitValues): Clock[] {
  const { status, answeredAt } = complaint;
  const isDone: Partial<Record<ClockKind, boolean>> = {
    // With the director already, or with the departments: nobody has to be told once more.
    DIRECTOR_REFERRAL: status === 'REFERRED',
    SUPERVISOR_REFERRAL: status !== 'RECEIVED',
    ANSWER: answeredAt !== null,
  };
  return gradeClocks(complaint, startedAt, figures).filter(({ kind }) => isDone[kind] !== true);
}

/** Ongoing harm is stopped first (A099). */
export const harmClock = ({ departmentCode }: Clocked, startedAt: Date, figures: LimitValues): Clock => ({
  kind: 'STOP_HARM',
  rule: 'A099',
  span: { amount: figures.stopHarmMinutes, unit: 'minute' },
  startedAt,
  ...toDirector(departmentCode, figures),
});

/** Every clock of a complaint that was taken in at `receivedAt`. */
export const intakeClocks = (complaint: Clocked, receivedAt: Date, figures: LimitValues): Clock[] => [
  ...(complaint.isHarmOngoing && complaint.harmStoppedAt === null ? [harmClock(complaint, receivedAt, figures)] : []),
  ...gradeClocks(complaint, receivedAt, figures),
];

/** The resident is told the result the same day (A098). */
export const tellingClock = (resolvedAt: Date, figures: LimitValues): Clock => ({
  kind: 'RESULT_TELLING',
  rule: 'A098',
  span: days(figures.resultTellingDays, figures),
  startedAt: resolvedAt,
  ...toSupervisor(customerServiceDepartment, figures),
});

/** The return visit before the archive (A037). */
export const visitClock = (resolvedAt: Date, figures: LimitValues): Clock => ({
  kind: 'RETURN_VISIT',
  rule: 'A037',
  span: days(figures.returnVisitDays, figures),
  startedAt: resolvedAt,
  ...toSupervisor(customerServiceDepartment, figures),
});

/** Cause and prevention of a recurring problem (A038). */
export const planClock = (analysis: AnalysisValues, figures: LimitValues): Clock => ({
  kind: 'PREVENTION_PLAN',
  rule: 'A038',
  span: { amount: analysis.preventionPlanDays, unit: 'day' },
  ...toSupervisor(customerServiceDepartment, figures),
});

/** The analysis of a report (A038). */
export const reviewClock = (analysis: AnalysisValues, figures: LimitValues): Clock => ({
  kind: 'REPORT_REVIEW',
  rule: 'A038',
  span: { amount: analysis.reportReviewDays, unit: 'day' },
  ...toSupervisor(customerServiceDepartment, figures),
});
