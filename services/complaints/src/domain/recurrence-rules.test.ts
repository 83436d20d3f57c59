import { describe, expect, it } from '@jest/globals';
import { reasonsOf } from '@steward/test-kit/pure-rules';

import { analysisFigures, type AnalysisValues } from './complaint-policy.ts';
import { checkEffect, planPrevention, planRefusal } from './recurrence-rules.ts';
import type { RecurringProblem } from './recurring-problem.ts';
import { followRepair, openRepairsAfter } from './repair-rules.ts';
import type { ComplaintRepair, ComplaintRepairState } from './complaint.ts';

const now = new Date('2026-03-02T01:00:00Z');
const problem: RecurringProblem = {
  id: 'p',
  tenantId: 't',
  communityId: 'c',
  number: 'CF-20260302-0001',
  version: 1,
  createdAt: now,
  status: 'FOUND',
  categoryCode: 'NOISE',
  buildingId: null,
  round: 1,
  foundAt: now,
  causeSealed: null,
  preventionSealed: null,
  ownerId: null,
  departmentCodes: [],
  plannedAt: null,
  checkAt: null,
  checkedAt: null,
  recurrenceCount: null,
};
const analysis = Object.fromEntries(
  Object.entries(analysisFigures).map(([key, { value }]) => [key, value]),
) as unknown as AnalysisValues;

describe('the plan of prevention', () => {
  const post = { id: 'x', tenantId: 't', staffId: 's', departmentCode: 'SECURITY', role: 'guard' };
  const plan = {
    cause: '门卫空岗',
    prevention: '增加夜班',
    ownerId: 's',
    departmentCodes: ['SECURITY'],
    owner: {
      staff: { id: 's', tenantId: 't', leftOn: null },
      posts: [{ ...post, communityId: 'c', validFrom: '2024-01-01', validTo: null }],
    },
    departments: new Set(['SECURITY']),
    day: '2026-03-02',
    now,
    checkAt: new Date('2026-04-01T16:00:00Z'),
  };
  const of = (overrides: object): string[] => reasonsOf(() => planPrevention(problem, { ...plan, ...overrides }));

  it('[A038] has departments, cause, prevention, owner and the day of its check', () => {
    expect(planPrevention(problem, plan)).toMatchObject({
      status: 'PREVENTING',
      ownerId: 's',
      departmentCodes: ['SECURITY'],
      plannedAt: now,
      checkAt: plan.checkAt,
    });
    expect(of({ cause: '', prevention: ' ', departmentCodes: [], owner: null })).toEqual([
      'TEXT_REQUIRED',
      'TEXT_REQUIRED',
      'DEPARTMENTS_REQUIRED',
      'STAFF_UNKNOWN',
    ]);
    expect(of({ departmentCodes: ['MAGIC'] })).toEqual(['DEPARTMENT_UNKNOWN']);
  });

  it('[A038] is made once for a finding', () => {
    const planned = planPrevention(problem, plan);
    expect(reasonsOf(() => planPrevention(planned, plan))).toEqual(['ILLEGAL_TRANSITION']);
    expect(planRefusal(problem)).toBeNull();
  });
});

describe('the check of the effect', () => {
  const preventing: RecurringProblem = { ...problem, status: 'PREVENTING', plannedAt: now };

  it('[A038] no further complaint: effective; one: found again', () => {
    expect(checkEffect(preventing, 0, now, analysis)).toMatchObject({ status: 'EFFECTIVE', round: 1, checkedAt: now });
    expect(checkEffect(preventing, 1, now, analysis)).toMatchObject({ status: 'FOUND', round: 2, recurrenceCount: 1 });
  });
});

describe('when complaints count as one problem, and what then has to happen', () => {
  it.each<[figure: keyof AnalysisValues, value: number, least: number | null]>([
    ['recurrenceWindowDays', 30, null],
    ['recurrenceCount', 3, 2],
    ['preventionPlanDays', 7, null],
    ['effectCheckDays', 30, 1],
    ['toleratedRecurrences', 0, null],
    ['reportReviewDays', 5, null],
  ])('[A038] %s: %i', (key, value, least) => {
    const figure: { value: number; rule: string; least?: number } = analysisFigures[key];
    expect([figure.value, figure.least ?? null, figure.rule]).toEqual([value, least, 'A038']);
  });
});

describe('a repair that work-orders carries out', () => {
  const repair = { id: 'r', state: 'ORDERED', closedAt: null } as ComplaintRepair;

  it.each<[ComplaintRepairState, ComplaintRepairState, number]>([
    ['REQUESTED', 'ORDERED', 1],
    ['ORDERED', 'DONE', 0],
    ['DONE', 'ORDERED', 2],
    ['ORDERED', 'CANCELLED', 0],
    ['DONE', 'CANCELLED', 1],
  ])('[A036] %s -> %s leaves %i open', (from, to, count) => {
    const before = { ...repair, state: from };
    const after = followRepair(before, to, now);
    expect(openRepairsAfter(1, before, after)).toBe(count);
    expect(after.closedAt).toEqual(to === 'ORDERED' ? null : now);
  });
});
