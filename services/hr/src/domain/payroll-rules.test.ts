import { describe, expect, it } from '@jest/globals';

import { leaveViolations, overtimeViolations, pointsOf, requireInTime, requireSomebodyElse } from './leave-rules.ts';
import type { DayKind } from './pay.ts';
import { conductKinds, leaveKinds, payFigures, type PayValues } from './payroll-policy.ts';
import { isOnPayroll, lacksBase, payLines, payShare, type PayFacts, type PayMonth } from './payroll-rules.ts';

const figures = Object.fromEntries(Object.entries(payFigures).map(([key, { value }]) => [key, value])) as PayValues;

/** June 2026: Mondays to Fridays are working days, the 19th (Dragon Boat) is a holiday. */
const days = Array.from({ length: 30 }, (_, index): { day: string; kind: DayKind } => {
  const day = `2026-06-${String(index + 1).padStart(2, '0')}`;
  const weekday = new Date(day).getUTCDay();
  if (day === '2026-06-19') return { day, kind: 'HOLIDAY' };
  return { day, kind: weekday === 0 || weekday === 6 ? 'REST_DAY' : 'WORKDAY' };
});
const month: PayMonth = { days, figures };

const aPay = (overrides: Partial<PayFacts> = {}): PayFacts => ({
  staffId: 's1',
  employedOn: '2025-01-01',
  leftOn: null,
  bases: [{ validFrom: '2025-01-01', baseAmount: 435_000 }],
  attendance: [],
  leaves: [],
  overtime: [],
  conduct: [],
  ...overrides,
});

const attendance = (workedOn: string, overrides: Partial<PayFacts['attendance'][number]> = {}) => ({
  workedOn,
  outcome: 'PRESENT' as const,
  lateMinutes: 0,
  earlyMinutes: 0,
  waitedMinutes: 0,
  ...overrides,
});

const amountsOf = (overrides: Partial<PayFacts>, of: PayMonth = month): [string, string, number][] =>
  payLines(aPay(overrides), of).map(({ kind, quantity, amount }) => [kind, quantity, amount]);
const afterBase = (overrides: Partial<PayFacts>, of: PayMonth = month) => amountsOf(overrides, of).slice(1);

describe('a share of an amount', () => {
  it.each([
    [100, [1], [3], 33],
    [100, [2], [3], 67],
    [1, [1], [2], 1],
    [-1, [1], [2], -1],
    [435_000, [1], [21.75], 20_000],
    [1_000, [0.8], [], 800],
    [0, [5], [7], 0],
  ])('of %s x %s / %s is %s, rounded once and half up', (amount, factors, divisors, expected) => {
    expect(payShare(amount, factors, divisors)).toBe(expected);
  });
});

describe('[A011] the pay of a month', () => {
  it('[A011] is the base pay for the days of employment, by what it was on each', () => {
    expect(amountsOf({})).toEqual([['BASE', '30', 435_000]]);
    expect(amountsOf({ employedOn: '2026-06-21' })).toEqual([['BASE', '10', 145_000]]);
    expect(amountsOf({ leftOn: '2026-06-11' })).toEqual([['BASE', '10', 145_000]]);
    const bases = [
      { validFrom: '2025-01-01', baseAmount: 300_000 },
      { validFrom: '2026-06-16', baseAmount: 600_000 },
    ];
    expect(amountsOf({ bases })).toEqual([
      ['BASE', '15', 150_000],
      ['BASE', '15', 300_000],
    ]);
  });

  it('[A011] takes a day off for each day of absence, once', () => {
    const absent = [
      attendance('2026-06-02', { outcome: 'ABSENT' }),
      attendance('2026-06-02', { outcome: 'ABSENT' }),
      attendance('2026-06-03', { outcome: 'ABSENT' }),
    ];
    expect(afterBase({ attendance: absent })).toEqual([['ABSENCE', '2', -40_000]]);
  });

  it('[A011] counts late and early beyond five minutes', () => {
    const late = [5, 6, 40].map((lateMinutes) => attendance('2026-06-02', { lateMinutes }));
    const early = [5, 6].map((earlyMinutes) => attendance('2026-06-03', { earlyMinutes }));
    expect(afterBase({ attendance: [...late, ...early] })).toEqual([
      ['LATE', '2', -4_000],
      ['EARLY', '1', -2_000],
    ]);
  });

  it('[A011] pays overtime by the day, once and a half, twice and thrice', () => {
    const overtime = ['2026-06-02', '2026-06-06', '2026-06-19'].map((workedOn) => ({ workedOn, minutes: 60 }));
    expect(afterBase({ overtime })).toEqual([
      ['OVERTIME_WORKDAY', '60', 3_750],
      ['OVERTIME_REST_DAY', '60', 5_000],
      ['OVERTIME_HOLIDAY', '60', 7_500],
    ]);
  });

  it('[A031] pays the time for which somebody waited for the relief as overtime', () => {
    expect(afterBase({ attendance: [attendance('2026-06-02', { waitedMinutes: 30 })] })).toEqual([
      ['OVERTIME_WORKDAY', '30', 1_875],
    ]);
  });

  it('[B041] takes penalty points off by their kind and adds rewards', () => {
    const fault = (kindCode: string, points: number) => ({
      kindCode,
      points,
      rewardAmount: null,
      occurredOn: '2026-06-02',
    });
    const conduct = [
      fault('SNACKS', 3),
      fault('SNACKS', 3),
      fault('REVENUE_DISCLOSED', 10),
      { kindCode: 'REWARD', points: 0, rewardAmount: 12_345, occurredOn: '2026-06-03' },
    ];
    expect(afterBase({ conduct })).toEqual([
      ['PENALTY', '6', -6_000],
      ['PENALTY', '10', -10_000],
      ['REWARD', '1', 12_345],
    ]);
  });

  it('[B035] goes on during leave by its kind: sick leave at four fifths, personal leave not at all, the others whole', () => {
    const leave = (kindCode: string) =>
      afterBase({ leaves: [{ kindCode, startsOn: '2026-06-04', endsOn: '2026-06-09' }] });
    expect(leave('SICK')).toEqual([['UNPAID_LEAVE', '3', -12_000]]);
    expect(leave('PERSONAL')).toEqual([['UNPAID_LEAVE', '3', -60_000]]);
    for (const kind of ['ANNUAL', 'MARRIAGE', 'BEREAVEMENT', 'MATERNITY', 'COMPENSATORY'])
      expect(leave(kind)).toEqual([]);
    expect(Object.keys(leaveKinds)).toHaveLength(7);
    const shares = Object.values(leaveKinds).map((figure) => payFigures[figure].value);
    expect(shares).toEqual([1, 0.8, 0, 1, 1, 1, 1]);
    expect(Object.values(leaveKinds).map((figure) => payFigures[figure].most)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });

  it('[A011] by the figures of the policy', () => {
    const { monthlyPaidDays, dailyHours, absenceFactor, graceMinutes, lateAmount, earlyAmount } = payFigures;
    expect(
      [monthlyPaidDays, dailyHours, absenceFactor, graceMinutes, lateAmount, earlyAmount].map(({ value }) => value),
    ).toEqual([21.75, 8, 1, 5, 2000, 2000]);
    const { workdayOvertimeFactor, restDayOvertimeFactor, holidayOvertimeFactor } = payFigures;
    expect([workdayOvertimeFactor, restDayOvertimeFactor, holidayOvertimeFactor].map(({ value }) => value)).toEqual([
      1.5, 2, 3,
    ]);
    expect([monthlyPaidDays, dailyHours].map(({ least, most }) => [least, most])).toEqual([
      [1, 31],
      [1, 12],
    ]);
    const factors = [absenceFactor, workdayOvertimeFactor, restDayOvertimeFactor, holidayOvertimeFactor];
    expect(factors.map(({ most }) => most)).toEqual([10, 10, 10, 10]);
    const doubled = { days, figures: { ...figures, absenceFactor: 3 } };
    expect(afterBase({ attendance: [attendance('2026-06-02', { outcome: 'ABSENT' })] }, doubled)).toEqual([
      ['ABSENCE', '1', -60_000],
    ]);
  });

  it('[B041] a point costs ten yuan', () => expect(payFigures.pointAmount.value).toBe(1000));

  it('is for who was employed in it, and wants a base pay for every day', () => {
    expect(
      [aPay(), aPay({ leftOn: '2026-06-01' }), aPay({ employedOn: '2026-07-01' })].map((one) =>
        isOnPayroll(one, month),
      ),
    ).toEqual([true, false, false]);
    const from = (validFrom: string) => aPay({ bases: [{ validFrom, baseAmount: 1 }] });
    expect([from('2026-06-01'), from('2026-06-02'), aPay({ bases: [] })].map((one) => lacksBase(one, month))).toEqual([
      false,
      true,
      true,
    ]);
  });
});

describe('conduct, leave and overtime', () => {
  it('[B041] costs the points of the table', () => {
    const table = Object.entries(conductKinds).map(([code]) => [code, pointsOf(code)]);
    expect(Object.fromEntries(table)).toEqual({
      CASH_SHORTAGE: 5,
      GROOMING: 5,
      MISCOUNT: 5,
      DESK_ACCESS: 5,
      CUSTOMER_SCRIPT: 3,
      SNACKS: 3,
      COMPUTER_MISUSE: 3,
      CASH_AT_DESK: 3,
      PHONE_AT_DESK: 3,
      BAG_AT_DESK: 3,
      REVENUE_DISCLOSED: 10,
      APPRAISAL: 5,
    });
    expect(() => pointsOf('YAWNING')).toThrow('CONDUCT_KIND_UNKNOWN');
  });

  it('[B035] leave is asked for in writing, before it begins, and not decided by oneself', () => {
    const terms = { kindCode: 'ANNUAL', startsOn: '2026-06-04', endsOn: '2026-06-05', reason: '探亲' };
    const reasons = (overrides: object) => leaveViolations({ ...terms, ...overrides }).map(({ reason }) => reason);
    expect(reasons({})).toEqual([]);
    expect(reasons({ reason: ' ', kindCode: 'NAP', endsOn: '2026-06-04' })).toEqual([
      'LEAVE_KIND_UNKNOWN',
      'RANGE_EMPTY',
      'TEXT_REQUIRED',
    ]);
    const begins = new Date('2026-06-04T00:30:00Z');
    requireInTime(begins, new Date(begins.getTime() - 1));
    expect(() => requireInTime(begins, begins)).toThrow('LEAVE_TOO_LATE');
    requireSomebodyElse('a', 'b', 'B035');
    expect(() => requireSomebodyElse('a', 'a', 'B035')).toThrow('OWN_REQUEST');
  });

  it('overtime has an end, at most a day later, and a reason', () => {
    const from = new Date('2026-06-04T10:00:00Z');
    const after = (hours: number, reason = '抢修') =>
      overtimeViolations({ from, to: new Date(from.getTime() + hours * 3_600_000), reason }).map((one) => one.reason);
    expect([after(0), after(24), after(24.1), after(1, ' ')]).toEqual([
      ['RANGE_EMPTY'],
      [],
      ['OVERTIME_TOO_LONG'],
      ['TEXT_REQUIRED'],
    ]);
  });
});
