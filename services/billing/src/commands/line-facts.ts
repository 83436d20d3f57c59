import { chargeTypeOf } from '../domain/charge-type-policy.ts';
import { Exact } from '../domain/exact.ts';
import { tierParts, type TierPart } from '../domain/line-rules.ts';
import { monthParts } from '../domain/proration-rules.ts';
import type { Tariff } from '../domain/tariff.ts';

/** How many months a line charges for, to six places; null where time does not count. */
export const lineMonths = ({ monthParts: parts }: { monthParts: number }): string | null =>
  parts === 0 ? null : new Exact(parts).div(monthParts).toDecimalPlaces(6).toFixed();

/** The rule that makes a kind charged. */
export const ruleOfKind = (code: string): string => chargeTypeOf(code)?.rule ?? 'A249';

type Metered = {
  quantity: string;
  usedBefore: string | null;
  tierMonths: number | null;
  tierMonthsBefore: number | null;
};

/** How the use of a line went through the tiers of its tariff; nothing where none were gone through. */
export function tiersOfLine(line: Metered, tariff: Pick<Tariff, 'tiers' | 'tierSpan'> | null): TierPart[] {
  const { quantity, usedBefore: used, tierMonths, tierMonthsBefore } = line;
  if (tariff === null || used === null || tierMonths === null) return [];
  return tierParts(quantity, tariff.tiers, tierMonths, { used, months: tierMonthsBefore ?? 0 }, tariff.tierSpan);
}
