import { DomainError, type Violation } from '@steward/core';

import { addMonths, monthsBetween } from './calendar-rules.ts';
import { probationChecks, probationLimit } from './position-policy.ts';
import type { GradeStep, ProbationReview, Vacancy } from './recruitment.ts';
import { standardLadders } from './standard-position-policy.ts';

/** A vacancy that takes applications, or hires. */
export function requireOpen(vacancy: Vacancy | null, today: string | null = null): Vacancy {
  if (vacancy === null || vacancy.status !== 'OPEN' || (today !== null && today > vacancy.closesOn))
    throw new DomainError('CONFLICT', 'VACANCY_NOT_OPEN', { rule: 'A203' });
  return vacancy;
}

export function requireInterviewPassed(score: number | null, least: number): void {
  if (score === null || score < least)
    throw new DomainError('CONFLICT', 'INTERVIEW_NOT_PASSED', { rule: 'A317', params: { least } });
}

/** Who takes the last opening fills the vacancy. */
export const takeOpening = (vacancy: Vacancy): Vacancy => {
  const filledCount = vacancy.filledCount + 1;
  return { ...vacancy, filledCount, status: filledCount >= vacancy.openingCount ? 'FILLED' : 'OPEN' };
};

type Result = { code: string; isPassed: boolean };

const judged: readonly string[] = probationChecks.judged;
const computed: readonly string[] = probationChecks.computed;

/** A result for every point that somebody judges; the counted one is not argued about (A318). */
export function probationViolations(results: readonly Result[]): Violation[] {
  const refuse = (reason: string, code: string): Violation => ({
    path: 'input.results',
    reason,
    rule: probationChecks.rule,
    params: { code },
  });
  return [
    ...results.flatMap(({ code }) => {
      if (computed.includes(code)) return [refuse('CHECK_COMPUTED', code)];
      return judged.includes(code) ? [] : [refuse('CHECK_UNKNOWN', code)];
    }),
    ...judged
      .filter((code) => !results.some((result) => result.code === code))
      .map((code) => refuse('CHECK_MISSING', code)),
  ];
}

type Times = { lateCount: number; earlyCount: number };

/** All points with their results, the counted one from the attendance records. */
export function assess(
  results: readonly Result[],
  { lateCount, earlyCount }: Times,
  lateMost: number,
): { results: Result[]; isPassed: boolean } {
  const counted = computed.map((code) => ({ code, isPassed: lateCount + earlyCount <= lateMost }));
  const all = [...counted, ...results];
  return { results: all, isPassed: all.every(({ isPassed }) => isPassed) };
}

/** Later than before, and within six months in all. */
export function requireLongerProbation({ startsOn, endsOn }: ProbationReview, wanted: string): void {
  if (wanted <= endsOn) throw new DomainError('BAD_USER_INPUT', 'RANGE_EMPTY', { path: 'input.endsOn' });
  const { value: most, rule } = probationLimit.months;
  if (wanted > addMonths(startsOn, most))
    throw new DomainError('BAD_USER_INPUT', 'PROBATION_TOO_LONG', { rule, path: 'input.endsOn', params: { most } });
}

// ---- Grades

type StandardStep = Omit<GradeStep, 'label'>;

const standards: Readonly<Record<string, readonly StandardStep[]>> = standardLadders;

/** The steps of a ladder of the standard; null if there is none of that code. */
export const standardSteps = (code: string): GradeStep[] | null =>
  standards[code]?.map(({ code: step, minMonths, minScorePercent, maxPenaltyPoints }) => ({
    code: step,
    label: null,
    minMonths,
    minScorePercent,
    maxPenaltyPoints,
  })) ?? null;

export type GradeFacts = { months: number; points: number };

export type Criterion = { code: 'MONTHS' | 'PENALTY_POINTS'; wanted: number; actual: number };

/** What of a step is missing that time and conduct bring (A316). */
export function missingForStep(step: GradeStep, { months, points }: GradeFacts): Criterion[] {
  const missing: Criterion[] = [];
  if (months < step.minMonths) missing.push({ code: 'MONTHS', wanted: step.minMonths, actual: months });
  if (points > step.maxPenaltyPoints)
    missing.push({ code: 'PENALTY_POINTS', wanted: step.maxPenaltyPoints, actual: points });
  return missing;
}

const reasons = { MONTHS: 'GRADE_MONTHS_SHORT', PENALTY_POINTS: 'GRADE_POINTS_OVER' } as const;

/** The same with the result of the period, as refusals. */
export function promotionViolations(step: GradeStep, facts: GradeFacts, scorePercent: number): Violation[] {
  const violations: Violation[] = missingForStep(step, facts).map(({ code, wanted, actual }) => ({
    path: 'input',
    reason: reasons[code],
    rule: 'A316',
    params: { wanted, actual },
  }));
  if (scorePercent < step.minScorePercent) {
    const params = { wanted: step.minScorePercent, actual: scorePercent };
    violations.push({ path: 'input.scorePercent', reason: 'GRADE_SCORE_SHORT', rule: 'A316', params });
  }
  return violations;
}

export const monthsHeld = (heldFrom: string, today: string): number => monthsBetween(heldFrom, today);
