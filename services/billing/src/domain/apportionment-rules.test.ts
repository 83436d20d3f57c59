import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { apportion, apportionBySection, type Bearer, type Share } from './apportionment-rules.ts';

const total = (shares: readonly Share[]): number => shares.reduce((sum, { amount }) => sum + amount, 0);
const amounts = (shares: readonly Share[]): Record<string, number> =>
  Object.fromEntries(shares.map(({ id, amount }) => [id, amount]));

const bearer = fc.record({
  id: fc.uuid(),
  weight: fc
    .integer({ min: 0, max: 10_000_000 })
    .map((n) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`),
});
const bearers = fc
  .uniqueArray(bearer, { minLength: 1, maxLength: 60, selector: ({ id }) => id })
  .filter((all) => all.some(({ weight }) => Number(weight) > 0));
const someTotal = fc.integer({ min: 0, max: 1_000_000_000 });

describe('apportion', () => {
  it.each<[string, number, Bearer[], Record<string, number>]>([
    [
      'gives the odd cent to the largest remainder',
      100,
      [of('a', '1'), of('b', '1'), of('c', '1')],
      { a: 34, b: 33, c: 33 },
    ],
    ['prefers the larger remainder to the first id', 10, [of('a', '1'), of('b', '2.5')], { a: 3, b: 7 }],
    ['gives nothing for no weight', 99, [of('a', '0'), of('b', '88.50')], { a: 0, b: 99 }],
    ['shares out nothing', 0, [of('a', '1'), of('b', '2')], { a: 0, b: 0 }],
    ['goes by area', 30_000, [of('a', '88.50'), of('b', '120.30'), of('c', '45')], { a: 10_461, b: 14_220, c: 5319 }],
  ])('[A014] %s', (_name, sum, all, expected) => {
    expect(amounts(apportion(sum, all))).toEqual(expected);
  });

  it('[A014] shares equal the total to the cent', () => {
    fc.assert(fc.property(someTotal, bearers, (sum, all) => total(apportion(sum, all)) === sum));
  });

  it('[A014] shares do not depend on the order and are the same again', () => {
    const shuffled = bearers.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(someTotal, shuffled, (sum, [all, other]) => {
        expect(amounts(apportion(sum, other))).toEqual(amounts(apportion(sum, all)));
        expect(apportion(sum, all)).toEqual(apportion(sum, all));
      }),
    );
  });

  it('[A249] nobody is more than a cent away from their quota, and more weight is never less', () => {
    fc.assert(
      fc.property(someTotal, bearers, (sum, all) => {
        const whole = all.reduce((weights, { weight }) => weights + Math.round(Number(weight) * 100), 0);
        const shares = apportion(sum, all);
        for (const { weight, amount } of shares) {
          const quota = (sum * Math.round(Number(weight) * 100)) / whole;
          expect(Math.abs(amount - quota)).toBeLessThan(1.000_001);
        }
        const byWeight = [...shares].sort((one, other) => Number(one.weight) - Number(other.weight));
        byWeight.slice(1).forEach((share, index) => {
          const before = byWeight[index] as Share;
          if (Number(share.weight) > Number(before.weight)) expect(share.amount).toBeGreaterThanOrEqual(before.amount);
        });
      }),
    );
  });

  it('refuses when nobody has a weight', () => {
    expect(() => apportion(100, [of('a', '0')])).toThrow(RangeError);
  });
});

describe('apportionBySection', () => {
  it('[A014] shares equally among the sections, then by weight inside each', () => {
    const all = [inSection('a', 's1'), inSection('b', 's1'), inSection('c', 's2')];
    expect(amounts(apportionBySection(101, all))).toEqual({ a: 26, b: 25, c: 50 });
  });

  it('[A014] shares equal the total to the cent', () => {
    const sectioned = bearers.chain((all) =>
      fc.tuple(
        ...all.map((one) => fc.integer({ min: 1, max: 4 }).map((n) => ({ ...one, weight: '1', sectionId: `s${n}` }))),
      ),
    );
    fc.assert(fc.property(someTotal, sectioned, (sum, all) => total(apportionBySection(sum, all)) === sum));
  });
});

function of(id: string, weight: string): Bearer {
  return { id, weight };
}

function inSection(id: string, sectionId: string) {
  return { id, weight: '1', sectionId };
}
