import { Exact, roundedQuotient } from './exact.ts';
import { monthParts } from './proration-rules.ts';

/** Use up to a limit per month at a rate in minor units per unit of use; the last tier has no limit. */
export type Tier = { upTo: string | null; rate: string };

/** What a line comes to: the amount that is owed, and the tax in it. */
export type LineAmounts = { amount: number; taxAmount: number };

export type Taxed = { taxRate: string; isTaxIncluded: boolean };

/** The tax of an amount: taken out of it, or put on top. Each is rounded once, halves up. */
export function withTax(net: number, { taxRate, isTaxIncluded }: Taxed): LineAmounts {
  const rate = new Exact(taxRate);
  if (isTaxIncluded) {
    return { amount: net, taxAmount: roundedQuotient(rate.times(net), rate.plus(1)) };
  }
  const taxAmount = roundedQuotient(rate.times(net), 1);
  return { amount: net + taxAmount, taxAmount };
}

type Fee = { rate: string; quantity: string; share: string; parts: number };

/** A fee per month for some time: rate x quantity x share x months, rounded once. */
export const feeFor = ({ rate, quantity, share, parts }: Fee): number =>
  roundedQuotient(new Exact(rate).times(quantity).times(share).times(parts), monthParts);

/** What is used, through the tiers from the lowest; limits are for a month and grow with the months covered. */
function tieredSum(used: Exact, tiers: readonly Tier[], months: number): Exact {
  let rest = used;
  let floor = new Exact(0);
  let sum = new Exact(0);
  for (const { upTo, rate } of tiers) {
    const ceiling = upTo === null ? null : new Exact(upTo).times(months);
    const room = ceiling === null ? rest : Exact.min(rest, ceiling.minus(floor));
    sum = sum.plus(room.times(rate));
    rest = rest.minus(room);
    floor = ceiling ?? floor;
  }
  return sum;
}

/** Use for which the tiers were gone through before, and the months that it was of. */
export type UsedBefore = { used: string; months: number };

/**
 * What use costs. Readings that end in the same month go through its tiers together: `months` are those of all of them, and
 * what was used before has paid its part.
 */
export function usageFee(
  used: string,
  tiers: readonly Tier[],
  months: number,
  before: UsedBefore | null = null,
): number {
  if (before === null) return roundedQuotient(tieredSum(new Exact(used), tiers, months), 1);
  const all = tieredSum(new Exact(used).plus(before.used), tiers, months);
  const left = all.minus(tieredSum(new Exact(before.used), tiers, before.months));
  return roundedQuotient(Exact.max(0, left), 1);
}
