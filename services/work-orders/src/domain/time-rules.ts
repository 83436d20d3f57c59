import { refuseAll, type Violation } from '@steward/core';

const hourMs = 3_600_000;
const minuteMs = 60_000;

export const addHours = (at: Date, hours: number): Date => new Date(at.getTime() + hours * hourMs);
export const addMinutes = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * minuteMs);

type Bounds = { now: Date; backdatingHours: number; rule?: string };

/** What is wrong with a time that people enter: never in the future, back-dated only as far as the policy allows. */
export function timeViolations(at: Date, { now, backdatingHours, rule = 'A205' }: Bounds, path: string): Violation[] {
  if (at > now) return [{ path, reason: 'IN_THE_FUTURE', rule }];
  if (at < addHours(now, -backdatingHours)) {
    return [{ path, reason: 'TOO_FAR_BACK', rule, params: { hours: backdatingHours } }];
  }
  return [];
}

/** When work in the field happened: as said or now, within the bounds and not before what it follows. */
export function fieldTime(said: Date | null | undefined, bounds: Bounds & { notBefore: Date | null }): Date {
  const at = said ?? bounds.now;
  const path = 'input.occurredAt';
  const violations = timeViolations(at, bounds, path);
  if (bounds.notBefore !== null && at < bounds.notBefore) {
    violations.push({ path, reason: 'OUT_OF_ORDER', rule: bounds.rule ?? 'A205' });
  }
  refuseAll(violations);
  return at;
}

/** A range that is given at all has both ends, the first before the second. */
export function rangeViolations(from: Date | null | undefined, to: Date | null | undefined, path: string): Violation[] {
  if (from == null && to == null) return [];
  const isRange = from != null && to != null && from < to;
  return isRange ? [] : [{ path, reason: 'RANGE_EMPTY', rule: 'A066' }];
}

/** Half-open ranges of days. */
export const holdsOn = (range: { validFrom: string; validTo: string | null }, day: string): boolean =>
  range.validFrom <= day && (range.validTo === null || day < range.validTo);
