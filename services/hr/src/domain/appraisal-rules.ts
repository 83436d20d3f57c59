import { DomainError, refuseAll, type Violation } from '@steward/core';

import { appraisalCriteria, headsOfAll, type AppraisalValues } from './conduct-policy.ts';
import type { Appraisal, AppraisalGrade, AppraisalScores } from './conduct.ts';
import { isFirstOfMonth, monthsBefore } from './period-rules.ts';

type Score = { code: string; score: number };

/** The weights in force, by criterion; a criterion that weighs nothing is left out. */
export const weightsOf = (figures: AppraisalValues): Record<string, number> =>
  Object.fromEntries(
    Object.entries(appraisalCriteria)
      .map(([code, figure]) => [code, figures[figure]] as const)
      .filter(([, weight]) => weight > 0),
  );

/** Every criterion has one score from 0 to 100; everything that is wrong at once. */
export function requireScores(weights: Appraisal['weights'], given: readonly Score[]): AppraisalScores {
  const rule = 'A009';
  const path = 'input.scores';
  const violations: Violation[] = [];
  for (const code of Object.keys(weights)) {
    if (!given.some((one) => one.code === code))
      violations.push({ path, reason: 'SCORE_MISSING', rule, params: { code } });
  }
  for (const { code, score } of given) {
    if (!(code in weights)) violations.push({ path, reason: 'CRITERION_UNKNOWN', rule, params: { code } });
    if (!Number.isInteger(score) || score < 0 || score > 100)
      violations.push({ path, reason: 'SCORE_RANGE', rule, params: { code } });
  }
  refuseAll(violations);
  return Object.fromEntries(given.map(({ code, score }) => [code, score]));
}

/** The weighed mean in hundredths of a point, half up. */
export function totalOf(weights: Appraisal['weights'], scores: AppraisalScores): number {
  const entries = Object.entries(weights);
  const whole = entries.reduce((sum, [, weight]) => sum + weight, 0);
  const weighed = entries.reduce((sum, [code, weight]) => sum + weight * (scores[code] ?? 0), 0);
  return Math.floor((2 * 100 * weighed + whole) / (2 * whole));
}

type Bounds = Pick<AppraisalValues, 'excellentFrom' | 'goodFrom' | 'passedFrom'>;

export function gradeOf(totalHundredths: number, { excellentFrom, goodFrom, passedFrom }: Bounds): AppraisalGrade {
  if (totalHundredths >= excellentFrom * 100) return 'EXCELLENT';
  if (totalHundredths >= goodFrom * 100) return 'GOOD';
  return totalHundredths >= passedFrom * 100 ? 'PASSED' : 'POOR';
}

type Rater = { roles: readonly string[]; isHead: boolean };

/** Supervisors score the staff of their own department, directors everybody (A009). */
export function requireRater({ roles, isHead }: Rater): void {
  if (isHead || headsOfAll.roles.some((role) => roles.includes(role))) return;
  throw new DomainError('FORBIDDEN', 'HEAD_OF_OTHER', { rule: 'A009' });
}

/** Who scored does not decide the appeal against the score. */
export function requireOtherRater({ ratedBy }: Pick<Appraisal, 'ratedBy'>, login: string): void {
  if (ratedBy === login) throw new DomainError('FORBIDDEN', 'OWN_REQUEST', { rule: 'A009' });
}

/** The months before a first of a month that are appraised on it, or null if it is not a day for it. */
export function appraisedPeriod(day: string, months: number): { startsOn: string; endsOn: string } | null {
  const month = Number(day.slice(5, 7));
  if (!isFirstOfMonth(day) || (month - 1) % months !== 0) return null;
  return { startsOn: monthsBefore(day, months), endsOn: day };
}
