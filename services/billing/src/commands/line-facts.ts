import { chargeTypeOf } from '../domain/charge-type-policy.ts';
import { Exact } from '../domain/exact.ts';
import { monthParts } from '../domain/proration-rules.ts';

/** How many months a line charges for, to six places; null where time does not count. */
export const lineMonths = ({ monthParts: parts }: { monthParts: number }): string | null =>
  parts === 0 ? null : new Exact(parts).div(monthParts).toDecimalPlaces(6).toFixed();

/** The rule that makes a kind charged. */
export const ruleOfKind = (code: string): string => chargeTypeOf(code)?.rule ?? 'A249';
