import { describe, expect, it } from '@jest/globals';
import { defaultsOf, reasonsOf } from '@steward/test-kit/pure-rules';

import { activityFigures, merchantProcedures, planFields, serviceLines, siteControls } from './activity-policy.ts';
import type { ActivityRecordKind } from './activity.ts';
import { anActivity } from './an-activity.ts';
import { archiveClock, reminderAt, setUpClock } from './deadline-rules.ts';
import { approverOf, requireComplete } from './plan-rules.ts';
import { archive, requireDuties } from './preparation-rules.ts';
import { requireCount } from './registration-rules.ts';

const figures = defaultsOf(activityFigures);
const startsAt = new Date('2026-03-06T10:00:00Z');
const codesOf = (rows: readonly { code: string }[]) => rows.map(({ code }) => code);

const submitted = (given: object, openProcedures: readonly string[] = []) =>
  reasonsOf(() =>
    requireComplete(anActivity(given), { fields: planFields, figures, earliestStart: startsAt, openProcedures }),
  );

describe('a plan', () => {
  it.each<[string, object]>([
    ['theme', { theme: ' ' }],
    ['programme', { programme: [] }],
    ['budget', { budgetAmount: null }],
    ['venue', { venueId: null }],
    ['time', { endsAt: null }],
    ['audience', { audience: '' }],
    ['number', { capacity: null }],
    ['agenda', { agenda: null }],
    ['prizes', { isWithoutPrizes: false }],
  ])('[A105] needs its %s', (_field, given) => {
    expect(submitted({})).toEqual([]);
    expect(submitted(given)).toEqual(['PLAN_FIELD_MISSING']);
  });

  it('[A105] is put forward three days ahead', () => {
    expect(figures.planLeadDays).toBe(3);
    expect(submitted({ startsAt: new Date(startsAt.getTime() - 1) })).toEqual(['PLAN_TOO_LATE']);
  });

  it('[A105] of more than 5,000 yuan is for the director', () => {
    expect([500_000, 500_001].map((budget) => approverOf(budget, figures))).toEqual([
      'administrativeSupervisor',
      'director',
    ]);
  });

  it.each(['MAINTENANCE', 'SECURITY', 'ENVIRONMENT'])('[A106] has a part and a task for %s', (department) => {
    const others = ['MAINTENANCE', 'SECURITY', 'ENVIRONMENT'].filter((code) => code !== department);
    expect(submitted({ departmentCodes: others })).toEqual(['SET_UP_DEPARTMENT_MISSING']);
    const duties = others.map((departmentCode) => ({ departmentCode, task: 'chairs' }));
    expect(reasonsOf(() => requireDuties(anActivity(), duties, figures))).toEqual(['DEPARTMENT_WITHOUT_DUTY']);
  });

  it('[A106] asks three departments and no other to set up', () => {
    const duties = figures.setUpDepartments.map((departmentCode) => ({ departmentCode, task: 'chairs' }));
    expect(duties).toHaveLength(3);
    expect(reasonsOf(() => requireDuties(anActivity(), duties, figures))).toEqual([]);
  });
});

describe('clocks of an activity', () => {
  it('[A106] everything stands two hours before, warned of at 80 %, told to the director at twice the time', () => {
    const clock = setUpClock(startsAt, figures);
    expect(clock.span.dueAt.toISOString()).toBe('2026-03-06T08:00:00.000Z');
    expect([clock.warnShare, ...clock.escalations.map(({ afterShare }) => afterShare)]).toEqual([0.8, 1, 2]);
    expect(clock.escalations.map(({ to }) => to.role)).toEqual(['supervisor', 'director']);
  });

  it('[A105] who takes part is reminded a day before', () => {
    expect(reminderAt(startsAt, figures).toISOString()).toBe('2026-03-05T10:00:00.000Z');
  });

  it('[A107] the archive is complete after seven days', () => {
    expect(archiveClock(figures).span).toEqual({ amount: 7, unit: 'day' });
  });
});

it('[A105] five may register together, not six', () => {
  expect(reasonsOf(() => requireCount(5, figures.mostParticipants))).toEqual([]);
  expect(reasonsOf(() => requireCount(6, figures.mostParticipants))).toEqual(['PARTICIPANTS_OUT_OF_RANGE']);
  expect(reasonsOf(() => requireCount(0, figures.mostParticipants))).toEqual(['PARTICIPANTS_OUT_OF_RANGE']);
});

it.each<ActivityRecordKind>(['NOTE', 'PHOTO', 'VIDEO'])('[A107] the archive is not complete without a %s', (kind) => {
  const kinds: ActivityRecordKind[] = ['NOTE', 'PHOTO', 'VIDEO'];
  const close = (recordKinds: ActivityRecordKind[]) =>
    reasonsOf(() => archive(anActivity({ status: 'HELD', recordKinds }), figures, startsAt));
  expect(close(kinds)).toEqual([]);
  expect(close(kinds.filter((each) => each !== kind))).toEqual(['RECORD_MISSING']);
});

it('[B018] a merchant signs, has a permit and a safety plan, and pays for the site, which is controlled in five points', () => {
  expect(codesOf(merchantProcedures)).toEqual([
    'AGREEMENT_SIGNED',
    'PERMIT_GRANTED',
    'SAFETY_PLAN_GIVEN',
    'SITE_FEE_AGREED',
  ]);
  expect(codesOf(siteControls)).toEqual([
    'ORDER_KEPT',
    'POWER_SAFE',
    'FIRE_EXITS_FREE',
    'NOISE_WITHIN_LIMITS',
    'SITE_CLEAN',
  ]);
  expect(submitted({ kind: 'MERCHANT' }, ['PERMIT_GRANTED'])).toEqual(['PROCEDURE_OPEN']);
});

it('[A049] has seven service lines', () => {
  expect(serviceLines.map(({ code, departmentCode, operation }) => [code, departmentCode, operation])).toEqual([
    ['ENQUIRY', 'CUSTOMER_SERVICE', 'registerComplaint'],
    ['MOVE_IN', 'CUSTOMER_SERVICE', 'openMoveIn'],
    ['REPAIR', 'CUSTOMER_SERVICE', 'registerWorkOrder'],
    ['FEES', 'FINANCE', 'recordPayment'],
    ['DECORATION', 'CUSTOMER_SERVICE', 'registerDecoration'],
    ['RETURN_VISIT', 'CUSTOMER_SERVICE', 'recordWorkOrderReturnVisit'],
    ['COMMUNITY_CULTURE', 'CUSTOMER_SERVICE', 'planActivity'],
  ]);
});
