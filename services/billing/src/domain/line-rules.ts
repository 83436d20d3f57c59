import { Exact, roundedQuotient } from './exact.ts';
import { monthParts } from './proration-rules.ts';

/**
 * Use up to a limit per month, or per year, at a rate in minor units per unit of use; the last tier has no limit.
 */
export type Tier = { upTo: string | null; rate: string };

/** The time whose use goes through the tiers together. */
export type TierSpan = 'MONTH' | 'YEAR';

/** How many months the limits of a tariff are for. */
const monthsOfSpan: Readonly<Record<TierSpan, number>> = { MONTH: 1, YEAR: 12 };

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

/** What of a use lies in each tier, from the lowest; limits are for a month and grow with the months covered. */
function inTiers(used: Exact, tiers: readonly Tier[], months: number): Exact[] {
  let rest = used;
  let floor = new Exact(0);
  return tiers.map(({ upTo }) => {
    const ceiling = upTo === null ? null : new Exact(upTo).times(months);
    const room = ceiling === null ? rest : Exact.min(rest, ceiling.minus(floor));
    rest = rest.minus(room);
    floor = ceiling ?? floor;
    return room;
  });
}

/** What is used, at the rates of its tiers. */
const tieredSum = (used: Exact, tiers: readonly Tier[], months: number): Exact =>
  inTiers(used, tiers, months).reduce(
    (sum, part, index) => sum.plus(part.times(tiers[index]?.rate ?? 0)),
    new Exact(0),
  );

/** Use for which the tiers were gone through before, and the months that its limits were for. */
export type UsedBefore = { used: string; months: number };

/**
 * What use costs. Readings that end in the same month, or year, go through its tiers together: `months` are those of all of
 * them, of a year how many of it the limits are for, and what was used before has paid its part. Limits of a year are taken
 * in twelfths, so that nothing is rounded before the end.
 */
export function usageFee(
  used: string,
  tiers: readonly Tier[],
  months: number,
  before: UsedBefore | null = null,
  span: TierSpan = 'MONTH',
): number {
  const scale = monthsOfSpan[span];
  const earlier = new Exact(before?.used ?? 0);
  const all = tieredSum(earlier.plus(used).times(scale), tiers, months);
  const paid = before === null ? new Exact(0) : tieredSum(earlier.times(scale), tiers, before.months);
  return roundedQuotient(Exact.max(0, all.minus(paid)), scale);
}

/** What of a line's use was charged in a tier: up to which use of the span, at which rate. */
export type TierPart = { upTo: string | null; rate: string; quantity: string };

/** How the use of a line went through the tiers; the quantities sum to what was used. */
export function tierParts(
  used: string,
  tiers: readonly Tier[],
  months: number,
  before: UsedBefore,
  span: TierSpan,
): TierPart[] {
  const scale = monthsOfSpan[span];
  const all = inTiers(new Exact(before.used).plus(used).times(scale), tiers, months);
  const paid = inTiers(new Exact(before.used).times(scale), tiers, before.months);
  return tiers.map(({ upTo, rate }, index) => {
    const quantity = (all[index] ?? new Exact(0)).minus(paid[index] ?? 0).div(scale);
    const limit = upTo === null ? null : new Exact(upTo).times(months).div(scale).toDecimalPlaces(8).toFixed();
    return { upTo: limit, rate, quantity: quantity.toDecimalPlaces(8).toFixed() };
  });
}
