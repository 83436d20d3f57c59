import { describe, expect, test } from '@jest/globals';
import { defaultsOf, reasonsOf } from '@steward/test-kit/pure-rules';

import { fieldTime, holdsOn, rangeViolations, timeViolations } from './time-rules.ts';
import { workFigures } from './work-order-policy.ts';

const now = new Date('2026-03-02T01:00:00.000Z');
const { backdatingHours } = defaultsOf(workFigures);
const bounds = { now, backdatingHours, notBefore: null };

const at = (iso: string): Date => new Date(iso);

describe('a time that people enter', () => {
  test.each([
    ['now', '2026-03-02T01:00:00.000Z', []],
    ['of the future', '2026-03-02T01:00:00.001Z', ['IN_THE_FUTURE']],
    ['[A205] of 24 hours ago, as on a night sheet', '2026-03-01T01:00:00.000Z', []],
    ['[A205] of more than 24 hours ago', '2026-03-01T00:59:59.999Z', ['TOO_FAR_BACK']],
  ])('%s', (_what, said, reasons) => {
    expect(timeViolations(at(said), bounds, 'input.receivedAt').map(({ reason }) => reason)).toEqual(reasons);
  });

  test('is now if nothing is said', () => expect(fieldTime(null, bounds)).toBe(now));

  test.each([
    ['2026-03-02T00:30:00.000Z', []],
    ['2026-03-02T00:29:59.999Z', ['OUT_OF_ORDER']],
    ['2026-02-28T00:00:00.000Z', ['TOO_FAR_BACK', 'OUT_OF_ORDER']],
  ])('%s after something at half past eight', (said, reasons) => {
    const notBefore = at('2026-03-02T00:30:00.000Z');
    expect(reasonsOf(() => fieldTime(at(said), { ...bounds, notBefore }))).toEqual(reasons);
  });
});

describe('a convenient time', () => {
  const eight = at('2026-03-02T00:00:00.000Z');
  const nine = at('2026-03-02T01:00:00.000Z');
  test.each([
    ['with both ends', eight, nine, []],
    ['that is not given', null, undefined, []],
    ['without an end', eight, null, ['RANGE_EMPTY']],
    ['without a beginning', undefined, nine, ['RANGE_EMPTY']],
    ['that ends before it begins', nine, eight, ['RANGE_EMPTY']],
    ['that has no length', eight, eight, ['RANGE_EMPTY']],
  ])('%s', (_what, from, to, reasons) => {
    expect(rangeViolations(from, to, 'input.convenientTo').map(({ reason }) => reason)).toEqual(reasons);
  });
});

test.each([
  ['2026-03-01', false],
  ['2026-03-02', true],
  ['2026-03-09', true],
  ['2026-03-10', false],
])('a range of days from the 2nd up to the 10th on %s', (day, holds) => {
  expect(holdsOn({ validFrom: '2026-03-02', validTo: '2026-03-10' }, day)).toBe(holds);
});
