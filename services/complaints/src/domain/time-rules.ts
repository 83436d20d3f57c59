import { refuseAll, type Violation } from '@steward/core';

const hourMs = 3_600_000;

export const addHours = (at: Date, hours: number): Date => new Date(at.getTime() + hours * hourMs);

type Bounds = { now: Date; backdatingHours: number; rule: string };

/** What is wrong with a time that people enter: never in the future, back-dated only as far as the policy allows. */
export function timeViolations(at: Date, { now, backdatingHours, rule }: Bounds, path: string): Violation[] {
  if (at > now) return [{ path, reason: 'IN_THE_FUTURE', rule }];
  if (at < addHours(now, -backdatingHours)) {
    return [{ path, reason: 'TOO_FAR_BACK', rule, params: { hours: backdatingHours } }];
  }
  return [];
}

/** When something was done: as said or now, within the bounds and not before what it follows. */
export function doneAt(said: Date | null | undefined, bounds: Bounds & { notBefore: Date | null }): Date {
  const at = said ?? bounds.now;
  const path = 'input.occurredAt';
  const violations = timeViolations(at, bounds, path);
  if (bounds.notBefore !== null && at < bounds.notBefore) {
    violations.push({ path, reason: 'OUT_OF_ORDER', rule: bounds.rule });
  }
  refuseAll(violations);
  return at;
}

/** Half-open ranges of days. */
export const holdsOn = (range: { validFrom: string; validTo: string | null }, day: string): boolean =>
  range.validFrom <= day && (range.validTo === null || day < range.validTo);
