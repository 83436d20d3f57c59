import type { Violation } from '@steward/core';

import type { MeterValues } from './charges-policy.ts';
import { Exact, isDecimal, roundedQuotient } from './exact.ts';
import type { Meter, MeterReading } from './meter.ts';

export type TakenReading = { value: string; takenOn: string; isRollover: boolean; isConfirmed: boolean };

export type Counted = { used: string; cumulative: string };

const capacity = ({ digits }: Meter): Exact => new Exact(10).pow(digits);

/** What was used since the last reading; over the top of the counter if it has begun again. */
export function count(meter: Meter, { value, isRollover }: TakenReading): Counted {
  const steps = new Exact(value).minus(meter.lastValue).plus(isRollover ? capacity(meter) : 0);
  const used = steps.times(meter.multiplier);
  return { used: used.toFixed(), cumulative: used.plus(meter.cumulative).toFixed() };
}

/** The mean use per reading; null while there are too few readings to tell. */
function meanUse(meter: Meter, { plausibilityReadings }: MeterValues): Exact | null {
  return meter.readingCount < plausibilityReadings ? null : new Exact(meter.cumulative).div(meter.readingCount);
}

/** What speaks against a reading; a use far above the mean is taken once it is confirmed (A249). */
export function readingViolations(meter: Meter, taken: TakenReading, figures: MeterValues, today: string): Violation[] {
  const path = 'input.value';
  const { value, takenOn, isRollover, isConfirmed } = taken;
  if (!isDecimal(value)) return [{ path, reason: 'NOT_A_DECIMAL' }];
  const reading = new Exact(value);
  const violations: Violation[] = [];
  const add = (where: string, reason: string): void => {
    violations.push({ path: where, reason, rule: 'A249' });
  };
  if (takenOn > today) add('input.takenOn', 'IN_THE_FUTURE');
  if (takenOn <= meter.lastReadOn) add('input.takenOn', 'READING_OUT_OF_ORDER');
  if (meter.removedOn !== null && takenOn > meter.removedOn) add('input.takenOn', 'METER_REMOVED');
  if (reading.greaterThanOrEqualTo(capacity(meter))) add(path, 'READING_ABOVE_CAPACITY');
  const isLower = reading.lessThan(meter.lastValue);
  if (isLower && !isRollover) add(path, 'READING_LOWER');
  if (isRollover && !isLower) add(path, 'READING_NOT_ROLLED_OVER');
  if (violations.length > 0 || isConfirmed) return violations;
  const mean = meanUse(meter, figures);
  if (mean !== null && mean.times(figures.implausibleFactor).lessThan(count(meter, taken).used)) {
    add(path, 'READING_IMPLAUSIBLE');
  }
  return violations;
}

/** Whether a reading that is sent again says what is there already. */
export const isSameReading = (known: string, value: string): boolean =>
  isDecimal(value) && new Exact(value).equals(known);

/** The meter after a reading. */
export function afterReading(meter: Meter, taken: TakenReading): Meter {
  const { cumulative } = count(meter, taken);
  const { value: lastValue, takenOn: lastReadOn } = taken;
  return { ...meter, lastValue, lastReadOn, cumulative, readingCount: meter.readingCount + 1 };
}

/** Below it the household of a prepaid meter is told (A246). */
export const lowAmount = ({ kind }: Meter, figures: MeterValues): number =>
  kind === 'ELECTRICITY' ? figures.lowElectricityAmount : figures.lowWaterAmount;

/** The balance of a prepaid meter after money came or use was paid from it, and whether that has to be told. */
export function afterBalanceMoved(
  meter: Meter,
  by: number,
  figures: MeterValues,
  now: Date,
): { meter: Meter; isLow: boolean } {
  const balance = meter.balance + by;
  const below = balance < lowAmount(meter, figures);
  // Told once; a top-up above the limit makes the next shortage news again.
  const lowToldAt = below ? (meter.lowToldAt ?? now) : null;
  return { meter: { ...meter, balance, lowToldAt }, isLow: below && meter.lowToldAt === null };
}

type Part = { amount: number; tax: number };

/** What of a use a balance pays, and what is left to be charged, with the tax in each. */
export function useOfBalance(balance: number, { fee, tax }: { fee: number; tax: number }): { paid: Part; rest: Part } {
  const amount = Math.max(0, Math.min(fee, balance));
  const paidTax = fee === 0 ? 0 : roundedQuotient(new Exact(tax).times(amount), fee);
  return { paid: { amount, tax: paidTax }, rest: { amount: fee - amount, tax: tax - paidTax } };
}

/** What the use of a kind of meter is charged as unless it is said. */
export const usualChargeType: Readonly<Record<Meter['kind'], string>> = {
  WATER: 'WATER',
  ELECTRICITY: 'ELECTRICITY',
  HOT_WATER: 'HOT_WATER',
  GAS: 'GAS',
  HEAT: 'HEATING',
};

type NewMeter = Pick<Meter, 'number' | 'digits' | 'multiplier' | 'isPrepaid' | 'installedOn' | 'unitId'> & {
  baseValue: string;
};

/** What is wrong with a new meter. */
export function newMeterViolations(meter: NewMeter, today: string): Violation[] {
  const { number, digits, multiplier, isPrepaid, baseValue, installedOn, unitId } = meter;
  const violations: Violation[] = [];
  const add = (path: string, reason: string): void => {
    violations.push({ path: `input.${path}`, reason, rule: 'A249' });
  };
  if (number === '') add('number', 'NUMBER_REQUIRED');
  if (digits < 3 || digits > 12) add('digits', 'DIGITS_UNFIT');
  if (!isDecimal(multiplier) || new Exact(multiplier).isZero()) add('multiplier', 'NOT_A_DECIMAL');
  if (!isDecimal(baseValue)) add('baseValue', 'NOT_A_DECIMAL');
  else if (new Exact(baseValue).greaterThanOrEqualTo(new Exact(10).pow(digits)))
    add('baseValue', 'READING_ABOVE_CAPACITY');
  if (installedOn > today) add('installedOn', 'IN_THE_FUTURE');
  if (isPrepaid && unitId === null) add('unitId', 'METER_WITHOUT_UNIT');
  return violations;
}

export const meterActions = ['readMeter', 'voidMeterReading', 'removeMeter', 'topUpMeter'] as const;
export type MeterAction = (typeof meterActions)[number];

/** Why a reading was wrong. */
export const readingVoidReasons: readonly string[] = ['MISREAD', 'WRONG_METER', 'WRONG_DAY'];

/** The meter as it stood at the reading before the one that is taken back. */
export const beforeReading = (meter: Meter, { value, takenOn, cumulative }: MeterReading): Meter => ({
  ...meter,
  lastValue: value,
  lastReadOn: takenOn,
  cumulative,
  readingCount: meter.readingCount - 1,
});

/** What the state of a meter has against an action. */
export function meterRefusal({ isPrepaid, removedOn }: Meter, action: MeterAction) {
  if (removedOn !== null) return { reason: 'METER_REMOVED', rule: 'A249' };
  return action === 'topUpMeter' && !isPrepaid ? { reason: 'METER_NOT_PREPAID', rule: 'A209' } : null;
}
