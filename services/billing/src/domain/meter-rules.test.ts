import { describe, expect, it } from '@jest/globals';

import { meterFigures, type MeterValues } from './charges-policy.ts';
import type { Meter } from './meter.ts';
import { afterBalanceMoved, count, lowAmount, readingViolations, type TakenReading } from './meter-rules.ts';

const aMeter = (overrides: Partial<Meter> = {}): Meter => ({
  id: 'm1',
  tenantId: 'c1',
  communityId: 'c1',
  number: 'E-1',
  version: 1,
  createdAt: new Date(0),
  kind: 'ELECTRICITY',
  chargeTypeCode: 'ELECTRICITY',
  unitId: 'u1',
  digits: 5,
  multiplier: '1',
  isPrepaid: false,
  billingAccountId: null,
  lastValue: '99900',
  lastReadOn: '2026-03-31',
  cumulative: '300',
  readingCount: 2,
  balance: 0,
  lowToldAt: null,
  installedOn: '2025-01-01',
  removedOn: null,
  ...overrides,
});

const figures = Object.fromEntries(Object.entries(meterFigures).map(([key, { value }]) => [key, value])) as MeterValues;

describe('meters', () => {
  const taken = (overrides: Partial<TakenReading> = {}): TakenReading => ({
    value: '99990',
    takenOn: '2026-06-30',
    isRollover: false,
    isConfirmed: false,
    ...overrides,
  });
  const reasons = (meter: Meter, reading: TakenReading): string[] =>
    readingViolations(meter, reading, figures, '2026-07-01').map(({ reason }) => reason);

  it('[A249] counts what was used, over the top and times the factor of the meter', () => {
    expect(count(aMeter(), taken())).toEqual({ used: '90', cumulative: '390' });
    expect(count(aMeter(), taken({ value: '00020', isRollover: true }))).toEqual({ used: '120', cumulative: '420' });
    expect(count(aMeter({ multiplier: '40' }), taken({ value: '99901.5' }))).toEqual({ used: '60', cumulative: '360' });
  });

  it.each<[string, Partial<TakenReading>, string[]]>([
    ['takes a usual one', {}, []],
    ['less than before', { value: '99899' }, ['READING_LOWER']],
    ['a roll-over that is none', { isRollover: true }, ['READING_NOT_ROLLED_OVER']],
    ['more than the counter shows', { value: '100000' }, ['READING_ABOVE_CAPACITY']],
    ['a day that was read already', { takenOn: '2026-03-31' }, ['READING_OUT_OF_ORDER']],
    ['tomorrow', { takenOn: '2026-07-02' }, ['IN_THE_FUTURE']],
    ['exactly three times the mean', { value: '00350', isRollover: true }, []],
    ['more than three times the mean', { value: '00350.5', isRollover: true }, ['READING_IMPLAUSIBLE']],
    ['the same, confirmed', { value: '00351', isRollover: true, isConfirmed: true }, []],
  ])('[A249] %s', (_name, reading, expected) => {
    expect(reasons(aMeter(), taken(reading))).toEqual(expected);
  });

  it('[A249] one reading does not make a mean', () => {
    const reading = taken({ value: '05000', isRollover: true });
    expect(reasons(aMeter({ readingCount: 1 }), reading)).toEqual([]);
    expect(reasons(aMeter({ readingCount: 2 }), reading)).toEqual(['READING_IMPLAUSIBLE']);
  });

  it('[A246] a prepaid balance below 50 yuan of electricity or 20 of water is told once, until it is topped up', () => {
    const now = new Date('2026-03-01T00:00:00Z');
    const meter = aMeter({ isPrepaid: true, balance: 6000 });
    expect(lowAmount(meter, figures)).toBe(5000);
    expect(lowAmount(aMeter({ kind: 'WATER' }), figures)).toBe(2000);
    expect(afterBalanceMoved(meter, -1000, figures, now)).toMatchObject({ isLow: false, meter: { balance: 5000 } });
    const low = afterBalanceMoved(meter, -1001, figures, now);
    expect(low).toMatchObject({ isLow: true, meter: { balance: 4999, lowToldAt: now } });
    expect(afterBalanceMoved(low.meter, -100, figures, now).isLow).toBe(false);
    const topped = afterBalanceMoved(low.meter, 10_000, figures, now);
    expect(topped.meter.lowToldAt).toBeNull();
    expect(afterBalanceMoved(topped.meter, -10_000, figures, now).isLow).toBe(true);
  });
});
