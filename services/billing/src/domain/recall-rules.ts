import type { OpenCharge } from './charge.ts';

/** So much of a charge was paid from the advance, and no refund of the charge claims it. */
export type AppliedPart = { chargeId: string; amount: number };

export type RecalledPart = AppliedPart & { chargeTypeCode: string };

const dueDay = ({ dueOn, occurredOn }: OpenCharge): string => dueOn ?? occurredOn;

/**
 * Which charges are open again because the advance that paid them never was there: the newest first, since money pays the
 * oldest first, and no more than is short.
 */
export function recalledParts(
  applied: readonly AppliedPart[],
  charges: readonly OpenCharge[],
  short: number,
): RecalledPart[] {
  const amounts = new Map(applied.map(({ chargeId, amount }) => [chargeId, amount]));
  let left = short;
  return charges
    .filter(({ id, status }) => amounts.has(id) && status !== 'REVERSED')
    .sort((one, other) => dueDay(other).localeCompare(dueDay(one)) || other.id.localeCompare(one.id))
    .flatMap(({ id: chargeId, chargeTypeCode }) => {
      const amount = Math.min(left, amounts.get(chargeId) ?? 0);
      left -= amount;
      return amount > 0 ? [{ chargeId, chargeTypeCode, amount }] : [];
    });
}
