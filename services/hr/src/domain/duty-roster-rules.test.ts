import { describe, expect, it } from '@jest/globals';
import { localTime, startOfLocalDay } from '@steward/core';

import { coverageGaps } from './coverage-rules.ts';
import { centreGaps, daysWithoutManager, requireCover, rosterDayViolations } from './duty-roster-rules.ts';
import type { ShiftPattern } from './duty-roster.ts';
import { rosterFigures, timetableFigures, type TimetableValues } from './duty-time-policy.ts';
import { isSummer, patternsOf, timesOf, type LocalClock } from './timetable-rules.ts';

const clockOf = (zone: string): LocalClock => ({
  startOfDay: (on) => startOfLocalDay(on, zone),
  timeOf: (at) => localTime(at, zone),
});
const zone = clockOf('Asia/Shanghai');
const figures = Object.fromEntries(
  Object.entries(timetableFigures).map(([key, { value }]) => [key, value]),
) as TimetableValues;
const hour = 3_600_000;

const timesOn = (day: string, code: string): string[] => {
  const pattern = patternsOf(day, figures, []).find((one) => one.code === code);
  if (pattern === undefined) throw new Error(code);
  const { startsAt, endsAt } = timesOf(pattern, day, zone);
  return [startsAt, endsAt].map((at) => new Date(at.getTime() + 8 * hour).toISOString().slice(5, 16));
};

describe('the time-table', () => {
  it.each([
    ['2026-04-30', '04-30T12:00', '04-30T13:30'],
    ['2026-05-01', '05-01T12:00', '05-01T14:00'],
    ['2026-09-30', '09-30T12:00', '09-30T14:00'],
    ['2026-10-01', '10-01T12:00', '10-01T13:30'],
  ])('[A020] on %s the noon duty is from %s to %s', (day, from, to) => {
    expect(timesOn(day, 'NOON')).toEqual([from, to]);
  });

  it('[A020] summer begins and ends on days that the calendar has, as text is compared and takes any', () => {
    expect([figures.summerFirstDay, figures.summerLastDay]).toEqual(['05-01', '09-30']);
  });

  it.each([
    ['2026-04-30', '04-30T17:30', '05-01T08:30'],
    ['2026-05-01', '05-01T18:00', '05-02T08:30'],
    ['2026-09-30', '09-30T18:00', '10-01T08:30'],
    ['2026-10-01', '10-01T17:30', '10-02T08:30'],
  ])('[A021] on %s the night duty is from %s to %s of the next day', (day, from, to) => {
    expect(timesOn(day, 'NIGHT')).toEqual([from, to]);
  });

  it('[A019] leaves no minute of a day without a shift, summer and winter and at the change between them', () => {
    const days = ['2026-04-29', '2026-04-30', '2026-05-01', '2026-05-02', '2026-09-30', '2026-10-01'];
    for (const day of days) {
      const shifts = patternsOf(day, figures, []).filter(({ isServiceCentre }) => isServiceCentre);
      expect(shifts.map(({ code }) => code)).toEqual(['MORNING', 'NOON', 'AFTERNOON', 'NIGHT']);
      const spans = shifts.map((one) => timesOf(one, day, zone));
      const from = spans[0]?.startsAt.getTime() ?? 0;
      const gaps = coverageGaps(
        spans.map(({ startsAt, endsAt }) => ({ from: startsAt.getTime(), to: endsAt.getTime() })),
        { from, to: from + 24 * hour },
        1,
      );
      expect(gaps).toEqual([]);
    }
  });

  it('knows a summer over the turn of the year, and keeps to the clock of a zone that changes it', () => {
    const south = { ...figures, summerFirstDay: '11-01', summerLastDay: '02-28' };
    expect(['2026-10-31', '2026-11-01', '2027-02-28', '2027-03-01'].map((day) => isSummer(day, south))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const night = { start: '22:00', end: '06:00' };
    const { startsAt, endsAt } = timesOf(night, '2026-03-28', clockOf('Europe/Berlin'));
    expect((endsAt.getTime() - startsAt.getTime()) / hour).toBe(7);
  });

  it('[A308] has the shifts that a community added, on the days on which they hold', () => {
    const added = {
      number: 'GUARD_EARLY',
      kind: 'DEPARTMENT',
      roles: ['guard'],
      tradeCodes: [],
      startTime: '07:00',
      endTime: '15:00',
      summerStartTime: '06:00',
      summerEndTime: null,
      isHandoverRequired: true,
      validFrom: '2026-03-01',
      validTo: '2026-06-01',
    } as unknown as ShiftPattern;
    const on = (day: string) => patternsOf(day, figures, [added]).find(({ code }) => code === 'GUARD_EARLY');
    expect([on('2026-02-28'), on('2026-06-01')]).toEqual([undefined, undefined]);
    expect(on('2026-03-01')).toMatchObject({ start: '07:00', end: '15:00', isServiceCentre: false });
    expect(on('2026-05-01')).toMatchObject({ start: '06:00', end: '15:00' });
  });
});

describe('cover', () => {
  const window = { from: 0, to: 10 };

  it.each([
    ['[A025] nobody at all', [], 1, [{ from: 0, to: 10, count: 0 }]],
    [
      '[A025] one instant too few in the middle',
      [
        [0, 5],
        [6, 10],
      ],
      1,
      [{ from: 5, to: 6, count: 0 }],
    ],
    [
      '[A025] shifts that meet',
      [
        [0, 5],
        [5, 10],
      ],
      1,
      [],
    ],
    [
      '[A025] a late beginning and an early end',
      [[1, 9]],
      1,
      [
        { from: 0, to: 1, count: 0 },
        { from: 9, to: 10, count: 0 },
      ],
    ],
    [
      '[A025] two wanted where one is',
      [
        [0, 10],
        [2, 8],
      ],
      2,
      [
        { from: 0, to: 2, count: 1 },
        { from: 8, to: 10, count: 1 },
      ],
    ],
    [
      '[A025] shifts that reach beyond',
      [
        [-5, 4],
        [4, 20],
      ],
      1,
      [],
    ],
    [
      '[A025] neighbours of the same count',
      [
        [0, 2],
        [8, 10],
        [12, 13],
      ],
      1,
      [{ from: 2, to: 8, count: 0 }],
    ],
  ] as [string, number[][], number, object[]][])('%s', (_what, spans, least, expected) => {
    expect(
      coverageGaps(
        spans.map(([from = 0, to = 0]) => ({ from, to })),
        window,
        least,
      ),
    ).toEqual(expected);
  });

  it('[A025] is what a walk over every minute finds, for any shifts', () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 200; round += 1) {
      const spans = Array.from({ length: random(12) }, () => {
        const from = random(60) - 5;
        return { from, to: from + 1 + random(20) };
      });
      const least = 1 + random(3);
      const gaps = coverageGaps(spans, { from: 0, to: 50 }, least);
      for (let minute = 0; minute < 50; minute += 1) {
        const count = spans.filter(({ from, to }) => from <= minute && minute < to).length;
        const gap = gaps.find(({ from, to }) => from <= minute && minute < to);
        expect(gap?.count ?? null).toBe(count < least ? count : null);
      }
    }
  });

  it('[A025] counts one person at least, unless a community wants more', () => {
    expect(rosterFigures.leastOnDuty).toMatchObject({ value: 1, least: 1, most: 50 });
    const shift = (from: number, to: number, isServiceCentre = true) => ({
      startsAt: new Date(from),
      endsAt: new Date(to),
      isServiceCentre,
    });
    expect(centreGaps([shift(0, 10)], window, rosterFigures.leastOnDuty.value)).toEqual([]);
    expect(centreGaps([shift(0, 10, false)], window, 1)).toHaveLength(1);
  });

  it('[A253] of managers is one on each day', () => {
    const days = ['2026-03-02', '2026-03-03'];
    expect(daysWithoutManager([{ workedOn: '2026-03-02' }], days)).toEqual(['2026-03-03']);
    const proof = { kind: 'MANAGERS' as const, days, window, leastOnDuty: 1 };
    expect(() => requireCover([], proof)).toThrow('INVALID_INPUT');
  });

  it('a roster has days, and not too many', () => {
    const reasons = (startsOn: string, endsOn: string) =>
      rosterDayViolations({ startsOn, endsOn }).map((v) => v.reason);
    expect(reasons('2026-03-02', '2026-03-02')).toEqual(['RANGE_EMPTY']);
    expect(reasons('2026-01-01', '2026-04-11')).toEqual([]);
    expect(reasons('2026-01-01', '2026-04-12')).toEqual(['ROSTER_TOO_LONG']);
  });
});
