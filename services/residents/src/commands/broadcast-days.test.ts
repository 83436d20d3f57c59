import { describe, expect, it } from '@jest/globals';

import { nextSlot, scheduleViolations } from '../domain/broadcast-script-rules.ts';
import { broadcastDays } from './broadcast-days.ts';

describe('broadcast times', () => {
  const zone = 'Asia/Shanghai';
  // Weekdays of a fortnight from Monday 2 March.
  const schedule = {
    times: ['10:00:00', '21:30:00'],
    weekdays: ['1', '7'],
    validFrom: '2026-03-02',
    validTo: '2026-03-16',
  };
  const slotAfter = (instant: string): Date | null => {
    const after = new Date(instant);
    return nextSlot(schedule, broadcastDays(schedule, after, zone), after);
  };
  it.each([
    ['2026-03-01T00:00:00+08:00', '2026-03-02T10:00:00+08:00'],
    ['2026-03-02T10:00:00+08:00', '2026-03-02T21:30:00+08:00'],
    ['2026-03-02T21:30:00+08:00', '2026-03-08T10:00:00+08:00'],
    ['2026-03-15T21:29:59+08:00', '2026-03-15T21:30:00+08:00'],
  ])('[A309] after %s comes %s', (after, expected) => {
    expect(slotAfter(after)).toEqual(new Date(expected));
  });

  it('[A309] come to an end, and a schedule without any is refused', () => {
    expect(slotAfter('2026-03-15T21:30:00+08:00')).toBeNull();
    const now = new Date('2026-03-02T00:00:00+08:00');
    const judged = (overrides: object): string => {
      const wanted = { ...schedule, ...overrides };
      const limits = { now, longestTo: '2026-03-16', days: broadcastDays(wanted, now, zone) };
      return scheduleViolations(wanted, limits)
        .map(({ reason }) => reason)
        .join(' ');
    };
    expect(judged({})).toBe('');
    expect(judged({ validTo: '2026-03-17' })).toBe('SCHEDULE_TOO_LONG');
    expect(judged({ validTo: '2026-03-03', weekdays: ['2'] })).toBe('NO_SLOT');
    expect(judged({ times: [], weekdays: ['8'], validTo: '2026-03-02' })).toBe(
      'TIMES_REQUIRED WEEKDAY_UNKNOWN RANGE_EMPTY',
    );
    expect(judged({ weekdays: [] })).toBe('WEEKDAYS_REQUIRED');
  });
});
