import { describe, expect, it } from '@jest/globals';
import { defaultsOf } from '@steward/test-kit/pure-rules';

import { noticeFigures } from './notice-policy.ts';
import { areaViolations, boardClock, filingClock, posterClock, rectificationClock } from './notice-rules.ts';

const figures = defaultsOf(noticeFigures);

describe('clocks of notices', () => {
  it.each([
    ['A104', boardClock, { amount: 14, unit: 'day' }],
    ['A307', posterClock, { amount: 1, unit: 'day' }],
    ['A307', rectificationClock, { amount: 24, unit: 'hour' }],
    ['A227', filingClock, { amount: 7, unit: 'day' }],
  ] as const)('[%s] %p', (rule, clockOf, span) => {
    expect(clockOf(figures)).toMatchObject({ rule, span });
  });

  it('[A104] warn the clerk at 80 %, tell the supervisor when the time is over and the director after twice the time', () => {
    const { warnShare, warnTo, escalations } = boardClock(figures);
    expect([warnShare, warnTo.role]).toEqual([0.8, 'clerk']);
    expect(escalations.map(({ afterShare, to }) => [afterShare, to.role])).toEqual([
      [1, 'supervisor'],
      [2, 'director'],
    ]);
  });
});

const areas = ['FLOOR', 'TOILET', 'FACILITIES', 'SMOKING', 'POSTERS'];
const seen = (codes: string[]) => codes.map((areaCode) => ({ areaCode, isPassed: true }));
const reasons = (codes: string[]) => areaViolations(seen(codes)).map(({ reason, params }) => [reason, params]);

it.each(areas)('[A307] a check that leaves out %s is not whole', (area) => {
  expect(reasons(areas)).toEqual([]);
  expect(reasons(areas.filter((code) => code !== area))).toEqual([['AREA_MISSING', { area }]]);
});

it('[A307] a check names no other area, and each once', () => {
  expect(reasons([...areas, 'ROOF'])).toEqual([['AREA_UNKNOWN', { area: 'ROOF' }]]);
  expect(reasons([...areas, 'FLOOR'])).toEqual([['AREA_UNKNOWN', { area: 'FLOOR' }]]);
});
