import { DomainError, type Violation } from '@steward/core';

import { custodyFindingCodes, custodyTransitions, type custodyPolicy } from './custody-policy.ts';
import type { Custody, CustodyMeter, CustodyPatrol, CustodyPatrolKind, HeavyRainWarning } from './custody.ts';
import { procedureRules } from './procedure.ts';

export const custodyRules = procedureRules(custodyTransitions);

export type CustodyFigures = Record<keyof typeof custodyPolicy.figures, number>;

export type Readings = { waterM3: string; electricityKwh: string };

const readingPattern = /^\d{1,9}(\.\d{1,3})?$/;

/** Litres and watt-hours: meters have three decimals at most, so whole numbers keep them exact. */
function thousandths(value: string): bigint {
  const [whole = '0', decimals = ''] = value.split('.');
  return BigInt(whole) * 1000n + BigInt(decimals.padEnd(3, '0').slice(0, 3));
}

/** An exact difference of two readings, without zeros at its end. */
export function used(from: string, to: string): string {
  const difference = thousandths(to) - thousandths(from);
  const text = `${difference / 1000n}.${String(difference % 1000n).padStart(3, '0')}`;
  return text.replace(/\.?0+$/, '');
}

const isBelow = (a: string, b: string): boolean => thousandths(a) < thousandths(b);

/** Refuses readings that are none, or lower than the last: meters do not run backwards. */
export function readingViolations(custody: Custody, { waterM3, electricityKwh }: Readings): Violation[] {
  const meters = [
    ['input.waterM3', waterM3, custody.lastWaterM3],
    ['input.electricityKwh', electricityKwh, custody.lastElectricityKwh],
  ] as const;
  return meters.flatMap(([path, value, last]): Violation[] => {
    const rule = 'A061';
    if (!readingPattern.test(value)) return [{ path, reason: 'CUSTODY_READING_MALFORMED', rule }];
    const isBack = custody.status === 'ACTIVE' && last !== null && isBelow(value, last);
    return isBack ? [{ path, reason: 'CUSTODY_READING_BACKWARDS', rule, params: { last } }] : [];
  });
}

/** The custody with a reading: the one before the start is where consumption begins. */
export function read(custody: Custody, { waterM3, electricityKwh }: Readings, at: Date): Custody {
  const last = { lastWaterM3: waterM3, lastElectricityKwh: electricityKwh, lastReadAt: at };
  if (custody.status === 'ACTIVE') return { ...custody, ...last };
  return { ...custody, ...last, startWaterM3: waterM3, startElectricityKwh: electricityKwh };
}

export type Excess = { meter: CustodyMeter; used: string; cap: number };

/** Which meters have run over their cap since the start and were not reported yet (A061). */
export function newExcesses(custody: Custody, figures: CustodyFigures): Excess[] {
  const { startWaterM3, lastWaterM3, startElectricityKwh, lastElectricityKwh } = custody;
  const meters = [
    ['WATER', startWaterM3, lastWaterM3, figures.waterCapM3, custody.waterExceededAt],
    ['ELECTRICITY', startElectricityKwh, lastElectricityKwh, figures.electricityCapKwh, custody.electricityExceededAt],
  ] as const;
  return meters.flatMap(([meter, from, to, cap, reportedAt]): Excess[] => {
    if (from === null || to === null || reportedAt !== null) return [];
    const consumed = used(from, to);
    return thousandths(consumed) > BigInt(cap) * 1000n ? [{ meter, used: consumed, cap }] : [];
  });
}

export const markExceeded = (custody: Custody, excesses: readonly Excess[], at: Date): Custody => ({
  ...custody,
  waterExceededAt: excesses.some(({ meter }) => meter === 'WATER') ? at : custody.waterExceededAt,
  electricityExceededAt: excesses.some(({ meter }) => meter === 'ELECTRICITY') ? at : custody.electricityExceededAt,
});

/** What an agreement still lacks before the custody begins. */
export function startViolations({ signedAt, startWaterM3 }: Custody): Violation[] {
  const violations: Violation[] = [];
  if (signedAt === null) violations.push({ path: 'input.id', reason: 'CUSTODY_AGREEMENT_MISSING', rule: 'A061' });
  if (startWaterM3 === null) violations.push({ path: 'input.id', reason: 'CUSTODY_READING_MISSING', rule: 'A061' });
  return violations;
}

export type PatrolReport = { kind: CustodyPatrolKind; findingCodes: readonly string[]; photoCount: number };

/** What is wrong with a patrol's report: findings are known ones and photographed. */
export function patrolViolations({ findingCodes, photoCount }: PatrolReport): Violation[] {
  const rule = 'A062';
  const violations: Violation[] = findingCodes.flatMap((code, index) =>
    custodyFindingCodes.includes(code)
      ? []
      : [{ path: `input.findingCodes.${index}`, reason: 'CUSTODY_FINDING_UNKNOWN', rule, params: { code } }],
  );
  if (findingCodes.length > 0 && photoCount === 0) {
    violations.push({ path: 'input.photoFileIds', reason: 'CUSTODY_FINDING_PHOTO_REQUIRED', rule });
  }
  return violations;
}

/** The patrols that a report settles: every one of its kind that is due. An extra one needs none. */
export function settledBy({ kind }: PatrolReport, due: readonly CustodyPatrol[]): CustodyPatrol[] {
  const settled = due.filter((patrol) => patrol.kind === kind && patrol.status === 'DUE');
  if (settled.length > 0 || kind === 'EXTRA') return settled;
  throw new DomainError('CONFLICT', 'CUSTODY_PATROL_NOT_DUE', { rule: 'A062', params: { kind } });
}

/** Before the rain only while it has not begun; a warning of what is over is none. */
export function warningViolations({ rainFrom, rainTo }: Pick<HeavyRainWarning, 'rainFrom' | 'rainTo'>, now: Date) {
  const violations: Violation[] = [];
  if (rainTo <= rainFrom) violations.push({ path: 'input.rainTo', reason: 'RANGE_EMPTY', rule: 'A062' });
  else if (rainTo <= now) violations.push({ path: 'input.rainTo', reason: 'CUSTODY_RAIN_OVER', rule: 'A062' });
  return violations;
}
