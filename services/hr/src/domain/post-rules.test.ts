import { describe, expect, it } from '@jest/globals';

import { daysOverlap, isHeldOn } from './post-rules.ts';

const days = (validFrom: string, validTo: string | null) => ({ validFrom, validTo });

describe('ranges of days [from, to)', () => {
  it.each([
    ['that meet', days('2026-01-01', '2026-02-01'), days('2026-02-01', null), false],
    ['that share one day', days('2026-01-01', '2026-02-02'), days('2026-02-01', null), true],
    ['that are both open', days('2026-01-01', null), days('2030-01-01', null), true],
    ['one of which is empty', days('2026-01-01', null), days('2026-05-01', '2026-05-01'), false],
  ])('%s', (_what, a, b, expected) => {
    expect([daysOverlap(a, b), daysOverlap(b, a)]).toEqual([expected, expected]);
  });

  it('hold from the first day to the one before the last', () => {
    const range = days('2026-01-01', '2026-02-01');
    expect(['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01'].map((day) => isHeldOn(range, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
