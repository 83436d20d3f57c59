import type { Tx } from '@steward/db';
import { resolvePolicy } from '@steward/service-kit';

import { taxFigureOf, taxPolicy } from '../domain/charges-policy.ts';
import { Exact } from '../domain/exact.ts';
import { withTax } from '../domain/line-rules.ts';

/** A rate out of a percentage: 6 is 0.06. */
export const rateOfPercent = (percent: number): string => new Exact(percent).div(100).toFixed();

/** The rate of the tax within a price that no tariff says; of a kind that has none, 0. */
export async function taxRateWithinPrice(tx: Tx, communityId: string, code: string): Promise<string> {
  const figure = taxFigureOf[code];
  if (figure === undefined) return '0';
  const { [figure]: percent } = await resolvePolicy(tx, taxPolicy, communityId);
  return rateOfPercent(percent);
}

/** The tax within a price that was agreed elsewhere; of a kind that has none, 0. */
export async function taxWithinPrice(tx: Tx, communityId: string, code: string, amount: number): Promise<number> {
  const taxRate = await taxRateWithinPrice(tx, communityId, code);
  return withTax(amount, { taxRate, isTaxIncluded: true }).taxAmount;
}
