import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { builtInChargeTypes, chargeTypeOf, type ChargeType } from './charge-type-policy.ts';
import { chargeFigures } from './charges-policy.ts';
import { cycleViolations, periodOf } from './cycle-rules.ts';
import { formulaValue, readFormula } from './formula-rules.ts';
import { lateFee } from './late-fee-rules.ts';
import { feeFor, tierParts, usageFee, withTax } from './line-rules.ts';
import { firstOfMonth, monthParts, partsOfMonths } from './proration-rules.ts';

const typeOf = (code: string): ChargeType => chargeTypeOf(code) as ChargeType;

describe('cycles', () => {
  it('[A228] the telephone fee is charged month by month', () => {
    expect(periodOf(typeOf('TELEPHONE'), '2026-02-17')).toEqual({ from: '2026-02-01', to: '2026-03-01' });
  });

  const quarterly = ['WATER', 'ELECTRICITY', 'HOT_WATER', 'GAS', 'CABLE_TV', 'MANAGEMENT_FEE'];
  it.each(quarterly)('[A230] %s is charged quarter by quarter', (code) => {
    expect(periodOf(typeOf(code), '2026-01-01')).toEqual({ from: '2026-01-01', to: '2026-04-01' });
    expect(periodOf(typeOf(code), '2026-03-31')).toEqual({ from: '2026-01-01', to: '2026-04-01' });
    expect(periodOf(typeOf(code), '2026-12-31')).toEqual({ from: '2026-10-01', to: '2027-01-01' });
  });

  it('[A231] the heating fee is charged by the year, from November', () => {
    expect(periodOf(typeOf('HEATING'), '2026-10-31')).toEqual({ from: '2025-11-01', to: '2026-11-01' });
    expect(periodOf(typeOf('HEATING'), '2026-11-01')).toEqual({ from: '2026-11-01', to: '2027-11-01' });
  });

  it('[A249] public water and electricity are charged quarter by quarter', () => {
    for (const code of ['PUBLIC_WATER', 'PUBLIC_ELECTRICITY']) {
      expect(periodOf(typeOf(code), '2026-05-20')).toEqual({ from: '2026-04-01', to: '2026-07-01' });
    }
  });

  it('[A014] staff meals are shared out month by month', () => {
    expect(periodOf(typeOf('STAFF_MEAL'), '2026-05-20')).toEqual({ from: '2026-05-01', to: '2026-06-01' });
  });

  it('[A230] late fees are charged month by month', () => {
    expect(periodOf(typeOf('LATE_FEE'), '2026-05-20')).toEqual({ from: '2026-05-01', to: '2026-06-01' });
  });

  it('[A230] another period than the cycle is refused with the months it should have', () => {
    const days = { from: '2026-01-01', to: '2026-03-01' };
    const [violation] = cycleViolations(['MANAGEMENT_FEE'], days);
    expect(violation).toMatchObject({ reason: 'NOT_A_CYCLE', rule: 'A230', params: { months: 3 } });
    expect(cycleViolations(['MANAGEMENT_FEE', 'WATER'], { from: '2026-01-01', to: '2026-04-01' })).toEqual([]);
    expect(cycleViolations(['MANAGEMENT_FEE'], { from: '2026-02-01', to: '2026-05-01' })).toHaveLength(1);
  });

  it.each(['DECORATION_WASTE', 'DECORATION_DEPOSIT', 'PASS_FEE', 'PAID_SERVICE', 'VENUE_RENT', 'FINAL_SETTLEMENT'])(
    '[A087] %s has no cycle: it is raised when its cause arises',
    (code) => {
      expect(periodOf(typeOf(code), '2026-02-17')).toBeNull();
      expect(cycleViolations([code], { from: '2026-01-01', to: '2026-04-01' })[0]?.reason).toBe('NOT_A_CYCLE');
    },
  );

  it('every kind has a code of its own', () => {
    expect(new Set(builtInChargeTypes.map(({ code }) => code)).size).toBe(builtInChargeTypes.length);
  });
});

describe('proration', () => {
  it.each([
    [{ from: '2026-01-01', to: '2026-04-01' }, 3],
    [{ from: '2026-02-01', to: '2026-03-01' }, 1],
    [{ from: '2026-02-15', to: '2026-03-01' }, 0.5],
    [{ from: '2026-04-16', to: '2026-06-01' }, 1.5],
  ])('%j is %d months', (days, months) => {
    expect(partsOfMonths(days)).toBe(months * monthParts);
  });

  it('days of two parts are worth as much as the whole', () => {
    const day = fc.integer({ min: 0, max: 2000 });
    const text = (n: number): string => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
    fc.assert(
      fc.property(day, day, day, (...days) => {
        const [a, b, c] = days.sort((one, other) => one - other).map(text) as [string, string, string];
        const parts = partsOfMonths({ from: a, to: b }) + partsOfMonths({ from: b, to: c });
        expect(parts).toBe(partsOfMonths({ from: a, to: c }));
        expect(Number.isSafeInteger(parts)).toBe(true);
      }),
    );
  });

  it('twelve months after a first of month is the same day a year later', () => {
    expect(firstOfMonth('2026-01-31', 1)).toBe('2026-02-01');
    expect(firstOfMonth('2026-11-01', 12)).toBe('2027-11-01');
  });
});

describe('lines', () => {
  it('[A230] the management fee is rate x area x months, rounded once, halves up', () => {
    const quarter = partsOfMonths({ from: '2026-01-01', to: '2026-04-01' });
    expect(feeFor({ rate: '235', quantity: '88.50', share: '1', parts: quarter })).toBe(62_393);
    expect(feeFor({ rate: '0.5', quantity: '1', share: '1', parts: monthParts })).toBe(1);
    expect(feeFor({ rate: '0.49999999', quantity: '1', share: '1', parts: monthParts })).toBe(0);
  });

  it('custody takes its share of the fee: 70 % of 62,392.5 is 43,675', () => {
    const quarter = partsOfMonths({ from: '2026-01-01', to: '2026-04-01' });
    expect(feeFor({ rate: '235', quantity: '88.50', share: '0.70', parts: quarter })).toBe(43_675);
  });

  const tiers = [
    { upTo: '180', rate: '48.83' },
    { upTo: '280', rate: '53.83' },
    { upTo: null, rate: '78.83' },
  ];
  it.each([
    ['0', 1, 0],
    ['180', 1, 8789],
    ['181', 1, 8843],
    ['300', 1, 15_749],
    ['300', 3, 14_649],
  ])('%s of use in %d months go through the tiers', (used, months, amount) => {
    expect(usageFee(used, tiers, months)).toBe(amount);
  });

  const yearly = [
    { upTo: '120', rate: '50' },
    { upTo: '240', rate: '60' },
    { upTo: null, rate: '90' },
  ];
  it('[A249] tiers of a year go on where the use before ended, and are of the months that are left', () => {
    const from = (used: string, before: string, months = 12): number =>
      usageFee(used, yearly, months, before === '0' ? null : { used: before, months }, 'YEAR');
    expect([from('120', '0'), from('121', '0'), from('1', '120'), from('1', '240')]).toEqual([6000, 6060, 60, 90]);
    expect([from('30', '0', 3), from('31', '0', 3), from('70', '0', 7)]).toEqual([1500, 1560, 3500]);
    expect(from('100', '0') + from('100', '100') + from('100', '200')).toBe(from('300', '0'));
    expect(tierParts('100', yearly, 12, { used: '100', months: 12 }, 'YEAR')).toEqual([
      { upTo: '120', rate: '50', quantity: '20' },
      { upTo: '240', rate: '60', quantity: '80' },
      { upTo: null, rate: '90', quantity: '0' },
    ]);
    expect(
      tierParts('45', tiers, 2, { used: '350', months: 1 }, 'MONTH').map(({ upTo, quantity }) => [upTo, quantity]),
    ).toEqual([
      ['360', '180'],
      ['560', '-65'],
      [null, '-70'],
    ]);
  });

  it('tax is taken out of a price with tax and put on top of one without', () => {
    expect(withTax(10_600, { taxRate: '0.06', isTaxIncluded: true })).toEqual({ amount: 10_600, taxAmount: 600 });
    expect(withTax(10_000, { taxRate: '0.06', isTaxIncluded: false })).toEqual({ amount: 10_600, taxAmount: 600 });
    expect(withTax(62_393, { taxRate: '0', isTaxIncluded: true })).toEqual({ amount: 62_393, taxAmount: 0 });
  });
});

describe('late fees', () => {
  const none = { lateFeeDailyPermille: 0, lateFeeGraceDays: 0, lateFeeCapPercent: 100 };
  const some = { lateFeeDailyPermille: 1, lateFeeGraceDays: 5, lateFeeCapPercent: 10 };
  const raised = { amount: 62_393, occurredOn: '2026-03-01' };
  const overdue = {
    postings: [raised],
    raisedOn: '2026-03-01',
    dueOn: '2026-03-31',
    chargedUntil: null,
    chargedAmount: 0,
  };

  it('[A230] there is none unless the community agreed one', () => {
    const values = Object.fromEntries(Object.entries(chargeFigures).map(([key, { value }]) => [key, value]));
    expect(values).toMatchObject({ lateFeeDailyPermille: 0, lateFeeGraceDays: 0, lateFeeCapPercent: 100 });
    expect(lateFee(overdue, '2027-01-01', none).amount).toBe(0);
  });

  it.each([
    ['2026-04-06', null, 0, { amount: 0, days: 0 }],
    ['2026-04-07', null, 0, { amount: 62, days: 1 }],
    ['2026-04-16', null, 0, { amount: 624, days: 10 }],
    ['2026-04-16', '2026-04-10', 250, { amount: 374, days: 6 }],
    ['2027-04-16', null, 6000, { amount: 239, days: 375 }],
    ['2027-04-16', null, 6239, { amount: 0, days: 375 }],
  ])('until %s, charged until %s before', (until, chargedUntil, chargedAmount, expected) => {
    expect(lateFee({ ...overdue, chargedUntil, chargedAmount }, until, some)).toEqual(expected);
  });

  it.each([
    ['paid in full on the last day', '2026-04-30', -62_393, '2026-05-01', 24 * 62_393],
    ['paid in part', '2026-04-16', -40_000, '2026-05-01', 25 * 62_393 - 15 * 40_000],
    ['paid within the grace', '2026-04-06', -62_393, '2026-05-01', 0],
    ['paid after the days', '2026-05-01', -62_393, '2026-05-01', 25 * 62_393],
    ['owed again', '2026-04-11', 7_000, '2026-05-01', 25 * 62_393 + 20 * 7_000],
  ])('[A230] %s on %s: each posting counts from its own day', (_what, occurredOn, amount, until, dayYuan) => {
    const moved = { ...overdue, postings: [raised, { amount, occurredOn }] };
    expect(lateFee(moved, until, some).amount).toBe(Math.round(dayYuan / 1000));
  });

  it('[A230] there is none of days before a charge was raised, whatever its last day in time', () => {
    const late = { ...overdue, raisedOn: '2026-04-20', postings: [{ ...raised, occurredOn: '2026-04-20' }] };
    expect(lateFee(late, '2026-04-20', some)).toEqual({ amount: 0, days: 0 });
    expect(lateFee(late, '2026-05-01', some)).toEqual({ amount: 686, days: 11 });
  });
});

describe('formulas', () => {
  const facts = { area: '88.50', persons: '3', usage: 'RESIDENTIAL' };
  const value = (text: string): string | null => formulaValue(readFormula(text), facts);

  it.each([
    ['area * 2.35 + 10', '217.975'],
    ['area * 0.1 + persons * 0.2', '9.45'],
    ['area > 90 ? area * 2 : area * 1.5', '132.75'],
    ['usage == "SHOP" ? area * 3 : max(area, 100)', '100'],
    ['min(area, persons) / 7', '0.42857143'],
    ['persons - area', '0'],
    ['area / (persons - 3)', null],
    ['1200', '1200'],
  ])('[A249] %s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it.each([
    ['an unknown name', 'rooms * 2'],
    ['words instead of a figure', 'usage'],
    ['arithmetic of literals', 'area * (1 / 2)'],
    ['a member of a value', 'area.constructor'],
    ['a pattern that may run for ever', '"aaaa".matches("(a+)+$") ? area : area'],
    ['a list', '[area][0]'],
    ['half a sentence', 'area *'],
    ['nothing', ''],
    ['too much of it', Array.from({ length: 200 }, () => 'area').join(' + ')],
  ])('[A249] refuses %s', (_name, text) => {
    expect(() => readFormula(text)).toThrow(expect.objectContaining({ reason: 'FORMULA_UNUSABLE' }));
  });
});
