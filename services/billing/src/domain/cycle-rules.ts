import { DomainError, type Violation } from '@steward/core';

import { chargeTypeOf, type ChargeType } from './charge-type-policy.ts';
import { firstOfMonth, type Days } from './proration-rules.ts';

const monthOf = (day: string): number => Number(day.slice(5, 7));

/** The period of a kind's cycle that a day lies in; null for kinds without a cycle (A228, A230, A231). */
export function periodOf({ cycleMonths, startMonth }: ChargeType, day: string): Days | null {
  if (cycleMonths === null || startMonth === null) return null;
  const since = (monthOf(day) - startMonth + 12) % 12;
  const from = firstOfMonth(day, -(since % cycleMonths));
  return { from, to: firstOfMonth(from, cycleMonths) };
}

/** Whether a range is one cycle of the kind, from its first day to its last. */
export function isCycle(type: ChargeType, days: Days): boolean {
  const period = periodOf(type, days.from);
  return period !== null && period.from === days.from && period.to === days.to;
}

/** What is wrong with charging kinds for a period: unknown ones, kinds without a cycle, another cycle's period. */
export function cycleViolations(codes: readonly string[], days: Days): Violation[] {
  const path = (index: number): string => `input.chargeTypeCodes.${index}`;
  return codes.flatMap((code, index): Violation[] => {
    const type = chargeTypeOf(code);
    if (type === undefined) return [{ path: path(index), reason: 'CHARGE_TYPE_UNKNOWN' }];
    if (isCycle(type, days)) return [];
    const { cycleMonths } = type;
    return [{ path: path(index), reason: 'NOT_A_CYCLE', rule: type.rule, params: { code, months: cycleMonths ?? 0 } }];
  });
}

/** The kind of a code; CHARGE_TYPE_UNKNOWN if there is none. */
export function requireChargeType(code: string, path: string): ChargeType {
  const type = chargeTypeOf(code);
  if (type === undefined) throw new DomainError('BAD_USER_INPUT', 'CHARGE_TYPE_UNKNOWN', { path });
  return type;
}
