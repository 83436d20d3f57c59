import { describe, expect, it } from '@jest/globals';

import { appraisedPeriod, gradeOf, requireRater, requireScores, totalOf, weightsOf } from './appraisal-rules.ts';
import {
  appraisalFigures,
  appraised,
  conductFigures,
  departmentHeads,
  headsOfAll,
  measuresOfMissedGoal,
  moveOutChecks,
  spotChecked,
  staffCheckLists,
  type AppraisalValues,
} from './conduct-policy.ts';
import { pointsByHand, pointsOf } from './leave-rules.ts';
import { dueOnOf, periodEndedBefore, reportDutyViolations } from './report-duty-rules.ts';
import { formViolations, pointsOfCheck, requireHead } from './staff-check-rules.ts';

const reasons = (work: () => unknown): string[] => {
  try {
    work();
    return [];
  } catch (error) {
    const { violations = [], reason } = error as { violations?: { reason: string }[]; reason: string };
    return violations.length > 0 ? violations.map((one) => one.reason) : [reason];
  }
};

const figures = Object.fromEntries(
  Object.entries(appraisalFigures).map(([key, { value }]) => [key, value]),
) as AppraisalValues;

describe('appraisal', () => {
  const weights = weightsOf(figures);

  it('[A009] weighs five criteria; one that weighs nothing is left out', () => {
    expect(weights).toEqual({ ATTENDANCE: 20, SERVICE: 30, SKILL: 20, DISCIPLINE: 20, TEAMWORK: 10 });
    expect(weightsOf({ ...figures, teamworkWeight: 0 })).not.toHaveProperty('TEAMWORK');
  });

  it.each([
    [{ ATTENDANCE: 100, SERVICE: 0, SKILL: 0, DISCIPLINE: 0, TEAMWORK: 0 }, 2000],
    [{ ATTENDANCE: 0, SERVICE: 100, SKILL: 0, DISCIPLINE: 0, TEAMWORK: 0 }, 3000],
    [{ ATTENDANCE: 0, SERVICE: 0, SKILL: 0, DISCIPLINE: 0, TEAMWORK: 100 }, 1000],
    [{ ATTENDANCE: 77, SERVICE: 77, SKILL: 77, DISCIPLINE: 77, TEAMWORK: 77 }, 7700],
  ])('[A009] is the weighed mean: %j', (scores, total) => {
    expect(totalOf(weights, scores)).toBe(total);
  });

  it('[A009] is rounded once, half up', () => {
    expect(totalOf({ A: 1, B: 2 }, { A: 50, B: 51 })).toBe(5067);
    expect(totalOf({ A: 1, B: 7 }, { A: 1, B: 0 })).toBe(13);
  });

  it.each([
    [9000, 'EXCELLENT'],
    [8999, 'GOOD'],
    [8000, 'GOOD'],
    [7999, 'PASSED'],
    [6000, 'PASSED'],
    [5999, 'POOR'],
  ])('[A009] %d hundredths are %s', (total, grade) => {
    expect(gradeOf(total, figures)).toBe(grade);
  });

  it('[A009] every criterion has one score of 0 to 100, and everything wrong is told at once', () => {
    const all = Object.keys(weights).map((code) => ({ code, score: 100 }));
    expect(requireScores(weights, all)).toEqual(Object.fromEntries(all.map(({ code, score }) => [code, score])));
    const wrong = [...all.slice(2), { code: 'CHARM', score: 5 }, { code: 'ATTENDANCE', score: 101 }];
    expect(reasons(() => requireScores(weights, wrong))).toEqual(['SCORE_MISSING', 'CRITERION_UNKNOWN', 'SCORE_RANGE']);
    expect(reasons(() => requireScores({ A: 1 }, [{ code: 'A', score: -1 }]))).toEqual(['SCORE_RANGE']);
  });

  it.each([
    ['2026-03-01', 1, { startsOn: '2026-02-01', endsOn: '2026-03-01' }],
    ['2026-01-01', 1, { startsOn: '2025-12-01', endsOn: '2026-01-01' }],
    ['2026-04-01', 3, { startsOn: '2026-01-01', endsOn: '2026-04-01' }],
    ['2026-03-01', 3, null],
    ['2026-03-02', 1, null],
  ])('[A009] on %s with a period of %d months', (day, months, period) => {
    expect(appraisedPeriod(day, months)).toEqual(period);
  });

  it('[A009] supervisors score their own department, directors everybody', () => {
    const refused = (roles: string[], isHead: boolean) => reasons(() => requireRater({ roles, isHead }));
    expect(refused(['supervisor'], false)).toEqual(['HEAD_OF_OTHER']);
    expect(refused(['supervisor'], true)).toEqual([]);
    expect(
      ['director', 'deputyDirector', 'administrativeSupervisor'].flatMap((role) => refused([role], false)),
    ).toEqual([]);
  });

  it('[A009] a poor one costs five points that nobody books by hand', () => {
    expect(pointsOf('APPRAISAL')).toBe(5);
    expect(reasons(() => pointsByHand('APPRAISAL'))).toEqual(['CONDUCT_KIND_UNKNOWN']);
    expect(pointsByHand('GROOMING')).toBe(5);
  });
});

const grooming = 'UNIFORM BADGE_LEFT_CHEST SECOND_SHIRT_BUTTON HAIR_NEAT HAIR_UNDYED NAILS SHOES ORNAMENTS';

describe('lists', () => {
  it.each([
    { rule: 'A045', list: staffCheckLists.GROOMING, codes: grooming },
    { rule: 'B052', list: staffCheckLists.SPOT_CHECK, codes: 'WORK_LOG FORMS FILES FOLLOW_UP ON_SITE' },
    { rule: 'B007', list: staffCheckLists.DORMITORY, codes: 'HYGIENE BEDS WIRING OPEN_FIRE VISITORS FURNITURE' },
    { rule: 'B007', list: moveOutChecks, codes: 'KEY_RETURNED BED_CLEARED ROOM_CLEAN' },
  ])('[$rule] of what is looked at', ({ list, rule, codes }) => {
    expect(list).toEqual({ codes: codes.split(' '), rule });
  });

  it('[A009] the customer supervisor appraises everybody but directors', () => {
    expect(appraised.roles).toEqual(
      'supervisor clerk cashier maintenance guard environment trainer analyst'.split(' '),
    );
  });

  it('[B052] assistants are spot-checked', () => {
    expect(spotChecked.roles).toEqual(['clerk']);
    expect(conductFigures.spotChecksPerWeek.value).toBe(2);
  });

  it('[B005] the head is of the department, or stands above all', () => {
    expect(departmentHeads.roles).toEqual(['supervisor']);
    expect(headsOfAll.roles).toEqual(['administrativeSupervisor', 'deputyDirector', 'director']);
    const post = (role: 'SUPERVISOR' | 'DIRECTOR' | 'CLERK', departmentId: string) => [{ role, departmentId }];
    expect(reasons(() => requireHead(post('SUPERVISOR', 'a'), ['a']))).toEqual([]);
    expect(reasons(() => requireHead(post('SUPERVISOR', 'b'), ['a']))).toEqual(['HEAD_OF_OTHER']);
    expect(reasons(() => requireHead(post('SUPERVISOR', 'b'), []))).toEqual([]);
    expect(reasons(() => requireHead(post('DIRECTOR', 'b'), ['a']))).toEqual([]);
    expect(reasons(() => requireHead(post('CLERK', 'a'), ['a']))).toEqual(['HEAD_OF_OTHER']);
  });

  it('[B008] a goal that was missed has a corrective and a preventive measure', () => {
    expect(measuresOfMissedGoal.kinds).toEqual(['CORRECTIVE', 'PREVENTIVE']);
  });
});

describe('forms of a community', () => {
  const entry = (code: string, name = '鞋') => ({ code, name });

  it('[A045] add to the list of the standard, for those whose role they are about', () => {
    const forms = [
      { roles: ['CLERK' as const], entries: [entry('LAPEL_PIN')] },
      { roles: [], entries: [entry('GLOVES'), entry('LAPEL_PIN')] },
    ];
    const codes = (roles: ('CLERK' | 'GUARD')[] | null) =>
      pointsOfCheck('GROOMING', forms, roles)
        .map(({ code }) => code)
        .slice(8);
    expect(codes(['CLERK'])).toEqual(['LAPEL_PIN', 'GLOVES']);
    expect(codes(['GUARD'])).toEqual(['GLOVES', 'LAPEL_PIN']);
    expect(pointsOfCheck('GROOMING', [], null)).toHaveLength(8);
  });

  it('[A045] are refused with everything that is wrong with them', () => {
    const wrong = formViolations('GROOMING', ' ', [entry('NAILS'), entry('pin', ' ')]).map(({ reason }) => reason);
    expect(wrong).toEqual(['TEXT_REQUIRED', 'CHECK_CODE_TAKEN', 'CODE_MALFORMED', 'TEXT_REQUIRED']);
    expect(formViolations('GROOMING', '表', []).map(({ reason }) => reason)).toEqual(['TOO_MANY_ROWS']);
    const many = Array.from({ length: 51 }, (_, index) => entry(`P${index}`));
    expect(formViolations('GROOMING', '表', many).map(({ reason }) => reason)).toEqual(['TOO_MANY_ROWS']);
    expect(formViolations('GROOMING', '表', many.slice(1))).toEqual([]);
  });
});

describe('reports', () => {
  it.each([
    ['2026-03-09', 'WEEKLY', '2026-03-02'],
    ['2026-03-10', 'WEEKLY', null],
    ['2026-03-01', 'MONTHLY', '2026-02-01'],
    ['2026-01-01', 'MONTHLY', '2025-12-01'],
    ['2026-03-02', 'MONTHLY', null],
    ['2026-04-01', 'QUARTERLY', '2026-01-01'],
    ['2026-01-01', 'QUARTERLY', '2025-10-01'],
    ['2026-05-01', 'QUARTERLY', null],
  ] as const)('[B051] on %s the %s period that ended began on %s', (day, frequency, startsOn) => {
    expect(periodEndedBefore(day, frequency)).toBe(startsOn);
  });

  it('[B051] day 1 is the first after the period', () => {
    expect(dueOnOf('2026-03-01', 1)).toBe('2026-03-01');
    expect(dueOnOf('2026-03-01', 5)).toBe('2026-03-05');
  });

  it.each([
    ['WEEKLY', 7],
    ['MONTHLY', 28],
    ['QUARTERLY', 60],
  ] as const)('[B051] a %s report is due by day %d at the latest', (frequency, most) => {
    const wrong = (dueDay: number) =>
      reportDutyViolations({ name: '月报', frequency, dueDay }).map(({ reason }) => reason);
    expect([wrong(0), wrong(1), wrong(most), wrong(most + 1)]).toEqual([['DUE_DAY'], [], [], ['DUE_DAY']]);
  });
});

// key | rule | value | bounds of an override
const table = `
  roundGraceHours    | A308 | 12    |
  rectificationHours | B005 | 24    | 1
  spotChecksPerWeek  | B052 | 2     | 100
  appraisalMonths    | A009 | 1     | 1 12
  ratingDays         | A009 | 10    | 1 60
  appealDays         | A009 | 5     | 1 60
  appealDecisionDays | A009 | 7     | 1 60
  moveOutDays        | B007 | 3     | 60
  evaluationDays     | B008 | 7     | 1 60
  attendanceWeight   | A009 | 20    | 100
  serviceWeight      | A009 | 30    | 100
  skillWeight        | A009 | 20    | 100
  disciplineWeight   | A009 | 20    | 100
  teamworkWeight     | A009 | 10    | 100
  excellentFrom      | A009 | 90    | 100
  goodFrom           | A009 | 80    | 100
  passedFrom         | A009 | 60    | 100
  excellentReward    | A009 | 20000 |
`;

const rows = table
  .trim()
  .split('\n')
  .map((line) => {
    const [key = '', rule = '', value, bounds = ''] = line.split('|').map((cell) => cell.trim());
    return { key, rule, value: Number(value), bounds: bounds === '' ? [] : bounds.split(' ').map(Number) };
  });

describe('figures', () => {
  const all = Object.entries({ ...conductFigures, ...appraisalFigures });

  it('have a row each', () => {
    expect(rows.map(({ key }) => key)).toEqual(all.map(([key]) => key));
  });

  it.each(rows)('[$rule] $key is $value', ({ key, rule, value, bounds }) => {
    const figure: { value: number; rule: string; least?: number; most?: number } | undefined = all.find(
      ([name]) => name === key,
    )?.[1];
    expect(figure).toMatchObject({ rule, value });
    expect([figure?.least, figure?.most].filter((bound) => bound !== undefined)).toEqual(bounds);
  });
});
