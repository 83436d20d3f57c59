import { refuseAll, type Violation } from '@steward/core';

const hourMs = 3_600_000;

type Bounds = { now: Date; backdatingHours: number; notBefore?: Date | null; rule: string };

/**
 * When work in the field happened: as said or now; never in the future, back-dated only as far as the policy allows and
 * not before what it follows.
 */
export function fieldTime(
  said: Date | null | undefined,
  { now, backdatingHours, notBefore = null, rule }: Bounds,
): Date {
  const at = said ?? now;
  const path = 'input.occurredAt';
  const violations: Violation[] = [];
  if (at > now) violations.push({ path, reason: 'IN_THE_FUTURE', rule });
  if (at.getTime() < now.getTime() - backdatingHours * hourMs)
    violations.push({ path, reason: 'TOO_FAR_BACK', rule, params: { hours: backdatingHours } });
  if (notBefore !== null && at < notBefore) violations.push({ path, reason: 'OUT_OF_ORDER', rule });
  refuseAll(violations);
  return at;
}
