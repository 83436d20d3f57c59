import { describe, expect, it } from '@jest/globals';

import { positionFigures, probationChecks } from './position-policy.ts';
import {
  assess,
  missingForStep,
  probationViolations,
  promotionViolations,
  requireInterviewPassed,
  requireLongerProbation,
  requireOpen,
  standardSteps,
  takeOpening,
} from './recruitment-rules.ts';
import type { GradeStep, ProbationReview, Vacancy } from './recruitment.ts';

const vacancy = (overrides: Partial<Vacancy> = {}): Vacancy =>
  ({ status: 'OPEN', openingCount: 2, filledCount: 0, closesOn: '2026-03-31', ...overrides }) as Vacancy;

describe('vacancies and interviews', () => {
  it('take applications to the end of their last day', () => {
    expect(requireOpen(vacancy(), '2026-03-31').status).toBe('OPEN');
    expect(() => requireOpen(vacancy(), '2026-04-01')).toThrow('VACANCY_NOT_OPEN');
    expect(() => requireOpen(vacancy({ status: 'FILLED' }))).toThrow('VACANCY_NOT_OPEN');
    expect(() => requireOpen(null)).toThrow('VACANCY_NOT_OPEN');
  });

  it('[A203] are filled with their last opening', () => {
    expect(takeOpening(vacancy())).toMatchObject({ filledCount: 1, status: 'OPEN' });
    expect(takeOpening(vacancy({ filledCount: 1 }))).toMatchObject({ filledCount: 2, status: 'FILLED' });
  });

  it('[A317] an interview is passed with 60 points; candidates are kept for 180 days', () => {
    const least = positionFigures.interviewPassScore.value;
    expect(() => requireInterviewPassed(60, least)).not.toThrow();
    expect(() => requireInterviewPassed(59, least)).toThrow('INTERVIEW_NOT_PASSED');
    expect(() => requireInterviewPassed(null, least)).toThrow('INTERVIEW_NOT_PASSED');
    expect(positionFigures.candidateRetentionDays.value).toBe(180);
  });

  it('[A002] who was employed 30 days ago or later is hired, not taken over', () => {
    expect(positionFigures.hireWindowDays.value).toBe(30);
  });
});

const judged = ['PRODUCT_KNOWLEDGE', 'DOCUMENTS_ALONE', 'RULES_KNOWN', 'SERVICE_SKILLS', 'TEAMWORK'];
const all = (isPassed = true) => judged.map((code) => ({ code, isPassed }));

describe('probation', () => {
  const lateMost = positionFigures.probationLateMost.value;
  const never = { lateCount: 0, earlyCount: 0 };

  it('[A318] has six points, the first of them counted', () => {
    expect([...probationChecks.computed, ...probationChecks.judged]).toEqual(['NEVER_LATE_OR_EARLY', ...judged]);
    const { results, isPassed } = assess(all(), never, lateMost);
    expect([results.length, isPassed]).toEqual([6, true]);
  });

  it('[A318] is not passed with one point missing, nor late or early a single time', () => {
    expect(assess(all(), { lateCount: 1, earlyCount: 0 }, lateMost).isPassed).toBe(false);
    expect(assess(all(), { lateCount: 0, earlyCount: 1 }, lateMost).isPassed).toBe(false);
    const oneShort = all().map((result, index) => ({ ...result, isPassed: index !== 2 }));
    expect(assess(oneShort, never, lateMost).isPassed).toBe(false);
  });

  it('[A318] takes a result for every point that somebody judges', () => {
    expect(probationViolations(all())).toEqual([]);
    const wrong = [...all().slice(1), { code: 'NEVER_LATE_OR_EARLY', isPassed: true }, { code: 'X', isPassed: true }];
    expect(probationViolations(wrong).map(({ reason, params }) => `${reason} ${String(params?.['code'])}`)).toEqual([
      'CHECK_COMPUTED NEVER_LATE_OR_EARLY',
      'CHECK_UNKNOWN X',
      'CHECK_MISSING PRODUCT_KNOWLEDGE',
    ]);
  });

  it('[A318] is prolonged to six months in all; its end is announced seven days before', () => {
    const review = { startsOn: '2026-03-02', endsOn: '2026-06-02' } as ProbationReview;
    expect(() => requireLongerProbation(review, '2026-09-02')).not.toThrow();
    expect(() => requireLongerProbation(review, '2026-09-03')).toThrow('PROBATION_TOO_LONG');
    expect(() => requireLongerProbation(review, '2026-06-02')).toThrow('RANGE_EMPTY');
    expect(positionFigures.probationReminderDays.value).toBe(7);
  });
});

describe('grades', () => {
  it('[A316] seven levels of sales, each with what it takes', () => {
    const steps = (standardSteps('SALES') ?? []).map(
      ({ code, minMonths, minScorePercent, maxPenaltyPoints }) =>
        `${code} ${minMonths} ${minScorePercent} ${maxPenaltyPoints}`,
    );
    expect(steps).toEqual([
      'TRAINEE 0 0 0',
      'JUNIOR 3 80 10',
      'REGULAR 6 100 10',
      'SENIOR 6 100 8',
      'EXPERT 12 110 8',
      'SUPERVISOR 12 110 5',
      'MANAGER 12 120 3',
    ]);
    expect(standardSteps('COOKING')).toBeNull();
  });

  it('[A316] are reached at the edge of every criterion, and refused with all that is missing', () => {
    const step: GradeStep = { code: 'JUNIOR', label: null, minMonths: 3, minScorePercent: 80, maxPenaltyPoints: 10 };
    expect(promotionViolations(step, { months: 3, points: 10 }, 80)).toEqual([]);
    expect(promotionViolations(step, { months: 2, points: 11 }, 79).map(({ reason }) => reason)).toEqual([
      'GRADE_MONTHS_SHORT',
      'GRADE_POINTS_OVER',
      'GRADE_SCORE_SHORT',
    ]);
    expect(missingForStep(step, { months: 2, points: 10 })).toEqual([{ code: 'MONTHS', wanted: 3, actual: 2 }]);
  });
});
