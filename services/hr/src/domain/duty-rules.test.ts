import { describe, expect, it } from '@jest/globals';

import { cutDuty, isDutyOpen, isOnDuty } from './duty-rules.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 2, hour));

describe('a duty in [from, to)', () => {
  it.each([
    ['before it begins', at(8), at(16), 7, { open: true, running: false }],
    ['at its first instant', at(8), at(16), 8, { open: true, running: true }],
    ['at its end', at(8), at(16), 16, { open: false, running: false }],
    ['until further notice', at(8), null, 23, { open: true, running: true }],
    ['that there is not', null, null, 9, { open: false, running: false }],
  ])('%s', (_when, dutyFrom, dutyTo, hour, expected) => {
    const duty = { dutyFrom, dutyTo };
    expect({ open: isDutyOpen(duty, at(hour)), running: isOnDuty(duty, at(hour)) }).toEqual(expected);
  });

  it('is cut short while it runs and taken back before it begins', () => {
    expect(cutDuty({ dutyFrom: at(8), dutyTo: null }, at(9))).toEqual({ dutyFrom: at(8), dutyTo: at(9) });
    expect(cutDuty({ dutyFrom: at(8), dutyTo: at(16) }, at(8))).toEqual({ dutyFrom: null, dutyTo: null });
  });
});
