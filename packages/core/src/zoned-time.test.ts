import { describe, expect, test } from '@jest/globals';

import {
  addDays,
  deadlineAfter,
  endOfLocalDay,
  isTimeZone,
  localDate,
  monthRange,
  nextMidnight,
  startOfLocalDay,
  startOfWeek,
  type Span,
} from './zoned-time.ts';

const shanghai = 'Asia/Shanghai';
const newYork = 'America/New_York';

describe('deadlineAfter (settled reading 2)', () => {
  const cases: [string, string, Span, string, string][] = [
    [
      'days leave out the day of the start and end at 24:00 local',
      '2026-03-02T01:00:00Z',
      { amount: 2, unit: 'day' },
      shanghai,
      '2026-03-04T16:00:00Z',
    ],
    [
      'a start just before local midnight counts from that day',
      '2026-03-02T15:59:59Z',
      { amount: 1, unit: 'day' },
      shanghai,
      '2026-03-03T16:00:00Z',
    ],
    [
      'a start just after local midnight counts from the next',
      '2026-03-02T16:00:00Z',
      { amount: 1, unit: 'day' },
      shanghai,
      '2026-03-04T16:00:00Z',
    ],
    [
      'hours are elapsed time round the clock',
      '2026-03-02T15:30:00Z',
      { amount: 1, unit: 'hour' },
      shanghai,
      '2026-03-02T16:30:00Z',
    ],
    [
      'the same day ends at 24:00 local',
      '2026-03-02T15:30:00Z',
      { amount: 0, unit: 'sameDay' },
      shanghai,
      '2026-03-02T16:00:00Z',
    ],
    [
      "a month ends on the month's last day where the day is missing",
      '2026-01-31T02:00:00Z',
      { amount: 1, unit: 'month' },
      shanghai,
      '2026-02-28T16:00:00Z',
    ],
    [
      'three months are the same day three months later',
      '2026-03-02T02:00:00Z',
      { amount: 3, unit: 'month' },
      shanghai,
      '2026-06-02T16:00:00Z',
    ],
    [
      'a day in spring may have 23 hours',
      '2026-03-07T17:00:00Z',
      { amount: 1, unit: 'day' },
      newYork,
      '2026-03-09T04:00:00Z',
    ],
    [
      'working days skip the weekend',
      '2026-03-06T02:00:00Z',
      { amount: 1, unit: 'workingDay' },
      shanghai,
      '2026-03-09T16:00:00Z',
    ],
    [
      'working days count a make-up Saturday 调休',
      '2026-02-13T02:00:00Z',
      { amount: 1, unit: 'workingDay' },
      shanghai,
      '2026-02-14T16:00:00Z',
    ],
    [
      'working days skip the public holiday of 1 October',
      '2026-09-30T02:00:00Z',
      { amount: 1, unit: 'workingDay' },
      shanghai,
      '2026-10-08T16:00:00Z',
    ],
  ];
  test.each(cases)('%s', (_what, start, span, zone, due) => {
    expect(deadlineAfter(new Date(start), span, zone).toISOString()).toBe(new Date(due).toISOString());
  });
});

describe('days and months of a zone', () => {
  test('an instant belongs to the day of its zone', () => {
    const at = new Date('2026-03-02T16:30:00Z');
    expect([localDate(at, shanghai), localDate(at, newYork)]).toEqual(['2026-03-03', '2026-03-02']);
  });
  test('a month is half-open and starts at local midnight', () => {
    const { from, to } = monthRange('2026-03', newYork);
    expect([from.toISOString(), to.toISOString()]).toEqual(['2026-03-01T05:00:00.000Z', '2026-04-01T04:00:00.000Z']);
  });
  test('days are added without regard to zones', () => {
    expect([addDays('2026-02-28', 1), addDays('2026-03-01', -1), startOfWeek('2026-03-01')]).toEqual([
      '2026-03-01',
      '2026-02-28',
      '2026-02-23',
    ]);
  });
  test('what is no day is refused', () => {
    expect(() => startOfLocalDay('2026-02-30', shanghai)).toThrow(RangeError);
  });
});

test('a local day ends where the next begins, also on the day of 23 hours', () => {
  expect(endOfLocalDay('2026-03-08', newYork)).toEqual(new Date('2026-03-09T04:00:00Z'));
  expect(nextMidnight(new Date('2026-03-08T05:00:00Z'), newYork)).toEqual(new Date('2026-03-09T04:00:00Z'));
  // Midnight itself belongs to the day that begins.
  expect(nextMidnight(new Date('2026-03-01T16:00:00Z'), shanghai)).toEqual(new Date('2026-03-02T16:00:00Z'));
});

test.each([
  ['Asia/Shanghai', true],
  ['America/New_York', true],
  ['UTC', true],
  ['UTC+8', false],
  ['Mars/Olympus', false],
  ['', false],
])('%p names a zone: %p', (zone, valid) => {
  expect(isTimeZone(zone)).toBe(valid);
});
