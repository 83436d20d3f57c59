import type { Violation } from '@steward/core';

import type { PlaceReference } from './references.ts';
import type { WorkOrderPart } from './work-order.ts';

type Kind = PlaceReference['kind'];

const unitParts: readonly WorkOrderPart[] = ['AS_DELIVERED', 'OWN_FIT_OUT'];

/** What was delivered or fitted inside a unit is in a unit: elsewhere nobody could be asked to pay for it (A067). */
export const isPartOf = (part: WorkOrderPart, kind: Kind): boolean => kind === 'UNIT' || !unitParts.includes(part);

/**
 * What is wrong with a part that somebody names for a place (A067). A common part can be inside a unit, as a riser is: the
 * order stays the household's, which lets the worker in and signs, and is free. Who may give work away decides that.
 */
export function partViolations(
  part: WorkOrderPart | null | undefined,
  kind: Kind,
  mayNameCommonInUnit: boolean,
): Violation[] {
  if (part == null) return [];
  const violation = { path: 'input.part', rule: 'A067', params: { part } };
  if (!isPartOf(part, kind)) return [{ ...violation, reason: 'PART_NOT_OF_PLACE' }];
  const isDenied = part === 'COMMON' && kind === 'UNIT' && !mayNameCommonInUnit;
  return isDenied ? [{ ...violation, reason: 'COMMON_PART_DENIED' }] : [];
}
