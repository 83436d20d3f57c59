import { Decimal } from 'decimal.js';

import type { UnitUsage } from './place.ts';

export type UsageArea = { usage: UnitUsage; unitCount: number; unmeasuredUnitCount: number; areaM2: string };

/** The figure of a site, what its units come to, and how far the two may differ. */
export type CountedArea = { siteM2: string | null; usages: readonly UsageArea[]; toleratedDeviationShare: number };

export type FloorArea = {
  siteM2: string | null;
  countedM2: string;
  unitCount: number;
  unmeasuredUnitCount: number;
  usages: UsageArea[];
  deviationM2: string | null;
  deviationShare: string | null;
  isDeviating: boolean;
};

/** What the units of a community add up to, beside the figure of its site (A201). Areas stay exact. */
export function floorAreaOf({ siteM2, usages, toleratedDeviationShare }: CountedArea): FloorArea {
  const counted = usages.reduce((sum, { areaM2 }) => sum.plus(areaM2), new Decimal(0));
  const count = (of: 'unitCount' | 'unmeasuredUnitCount'): number => usages.reduce((sum, one) => sum + one[of], 0);
  const deviation = siteM2 === null ? null : counted.minus(siteM2);
  const share = deviation === null || siteM2 === null ? null : deviation.dividedBy(siteM2);
  return {
    siteM2,
    countedM2: counted.toFixed(),
    unitCount: count('unitCount'),
    unmeasuredUnitCount: count('unmeasuredUnitCount'),
    usages: [...usages],
    deviationM2: deviation?.toFixed() ?? null,
    deviationShare: share?.toFixed(4) ?? null,
    isDeviating: share?.abs().greaterThan(toleratedDeviationShare) ?? false,
  };
}
