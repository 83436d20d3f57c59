import { describe, expect, it } from '@jest/globals';
import { defaultsOf } from '@steward/test-kit/pure-rules';
import { deadlineAfter } from '@steward/core';

import { aComplaint } from './a-complaint.ts';
import { analysisFigures, limitFigures } from './complaint-policy.ts';
import type { ComplaintGrade } from './complaint.ts';
import {
  clocksOfGrade,
  clocksOfRegrading,
  gradeClocks,
  harmClock,
  intakeClocks,
  planClock,
  reviewClock,
  solutionClock,
  tellingClock,
  visitClock,
  type Clock,
} from './deadline-rules.ts';

const limits = defaultsOf(limitFigures);
const analysis = defaultsOf(analysisFigures);
const zone = 'Asia/Shanghai';
const at = (text: string): Date => new Date(`${text}+08:00`);
/** Monday 09:00. */
const start = at('2026-03-02T09:00');
const dueOf = ({ span, startedAt }: Clock): Date =>
  'dueAt' in span ? span.dueAt : deadlineAfter(startedAt ?? start, span, zone);
const dues = (clocks: Clock[]) => Object.fromEntries(clocks.map((clock) => [clock.kind, [clock.rule, dueOf(clock)]]));
const of = (grade: ComplaintGrade) => dues(gradeClocks(aComplaint({ grade }), start, limits));

describe('the clocks of a grade', () => {
  it('[A094] a major complaint reaches the director the same day, is answered in 2 and solved in 10', () => {
    expect(of('MAJOR')).toEqual({
      DIRECTOR_REFERRAL: ['A094', at('2026-03-03T00:00')],
      ANSWER: ['A094', at('2026-03-05T00:00')],
      SOLUTION: ['A094', at('2026-03-13T00:00')],
    });
  });

  it('[A096] an important one reaches the supervisor within the hour and is done in 3 days', () => {
    expect(of('IMPORTANT')).toEqual({
      SUPERVISOR_REFERRAL: ['A096', at('2026-03-02T10:00')],
      SOLUTION: ['A096', at('2026-03-06T00:00')],
    });
  });

  it('[A097] a minor one is solved in 2 days or by the resident’s own date', () => {
    expect(of('MINOR')).toEqual({ SOLUTION: ['A097', at('2026-03-05T00:00')] });
    const wantedUntil = at('2026-03-04T12:00');
    expect(dueOf(solutionClock(aComplaint({ wantedUntil }), start, limits))).toEqual(wantedUntil);
    const major = solutionClock(aComplaint({ grade: 'MAJOR', wantedUntil }), start, limits);
    expect(dueOf(major)).toEqual(at('2026-03-13T00:00'));
  });

  it('[A094] days can be working days, the same day stays one', () => {
    const working = { ...limits, countsWorkingDays: true };
    const friday = at('2026-03-06T09:00');
    const clocks = gradeClocks(aComplaint({ grade: 'MAJOR' }), friday, working);
    expect(clocks.map(dueOf)).toEqual([at('2026-03-07T00:00'), at('2026-03-11T00:00'), at('2026-03-21T00:00')]);
    expect(limits.countsWorkingDays).toBe(false);
  });

  it('[A099] ongoing harm is stopped in half an hour, before the clocks of the grade', () => {
    const harmed = aComplaint({ isHarmOngoing: true });
    const clock = harmClock(harmed, start, limits);
    expect([clock.kind, clock.rule, dueOf(clock)]).toEqual(['STOP_HARM', 'A099', at('2026-03-02T09:30')]);
    expect(intakeClocks(harmed, start, limits).map(({ kind }) => kind)).toEqual(['STOP_HARM', 'SOLUTION']);
    expect(intakeClocks(aComplaint(), start, limits).map(({ kind }) => kind)).toEqual(['SOLUTION']);
  });

  it('a regrading ends every clock that a grade has set', () => {
    const kinds = (['MAJOR', 'IMPORTANT', 'MINOR'] as const).flatMap((grade) => Object.keys(of(grade)));
    expect([...clocksOfGrade].toSorted()).toEqual([...new Set(kinds)].toSorted());
  });
});

describe('the clocks of a regrading', () => {
  const kindsOf = (grade: ComplaintGrade, overrides: object): string[] =>
    clocksOfRegrading(aComplaint({ grade, ...overrides }), start, limits).map(({ kind }) => kind);

  it('[A094] [A096] start anew, but for what was done before', () => {
    expect(kindsOf('MAJOR', {})).toEqual(['DIRECTOR_REFERRAL', 'ANSWER', 'SOLUTION']);
    expect(kindsOf('MAJOR', { status: 'HANDLING', answeredAt: start })).toEqual(['DIRECTOR_REFERRAL', 'SOLUTION']);
    expect(kindsOf('MAJOR', { status: 'REFERRED' })).toEqual(['ANSWER', 'SOLUTION']);
    expect(kindsOf('IMPORTANT', {})).toEqual(['SUPERVISOR_REFERRAL', 'SOLUTION']);
    expect(kindsOf('IMPORTANT', { status: 'HANDLING' })).toEqual(['SOLUTION']);
  });
});

describe('the clocks after it', () => {
  it('[A098] the result is told the same day', () => {
    const clock = tellingClock(start, limits);
    expect([clock.kind, clock.rule, dueOf(clock)]).toEqual(['RESULT_TELLING', 'A098', at('2026-03-03T00:00')]);
  });
  it('[A037] the resident is visited in 2 days', () => {
    const clock = visitClock(start, limits);
    expect([clock.kind, clock.rule, dueOf(clock)]).toEqual(['RETURN_VISIT', 'A037', at('2026-03-05T00:00')]);
  });
  it('[A038] a recurring problem is planned in 7 days, a report analysed in 5', () => {
    expect(dueOf(planClock(analysis, limits))).toEqual(at('2026-03-10T00:00'));
    expect(dueOf(reviewClock(analysis, limits))).toEqual(at('2026-03-08T00:00'));
  });
});

describe('who is told', () => {
  const supervisor = { role: 'supervisor', departmentCode: 'SECURITY' };
  const director = { role: 'director' };

  it('[A036] a warning at 80 %, the breach to the supervisor, twice the time to the director', () => {
    expect(solutionClock(aComplaint(), start, limits)).toMatchObject({
      warnShare: 0.8,
      warnTo: supervisor,
      escalations: [
        { afterShare: 1, to: supervisor },
        { afterShare: 2, to: director },
      ],
    });
  });

  it('[A094] [A099] the breach of what is major or hurts somebody reaches the director', () => {
    const major = solutionClock(aComplaint({ grade: 'MAJOR' }), start, limits);
    for (const clock of [major, harmClock(aComplaint(), start, limits)]) {
      expect(clock.escalations).toContainEqual({ afterShare: 1, to: director });
    }
  });
});
