import { Decimal } from 'decimal.js';

import { mostAmount } from './money-policy.ts';

/** Decimals with more digits than any product of a rate, a quantity and a share has: nothing is rounded on the way. */
export const Exact = Decimal.clone({ precision: 60, toExpNeg: -40, toExpPos: 60 });
export type Exact = Decimal;

/** A decimal as it may be typed: up to 12 digits before and 8 after the point. */
export const isDecimal = (text: string): boolean => /^\d{1,12}(\.\d{1,8})?$/.test(text);

/** The whole number nearest to `numerator / denominator`, halves up; exact, because nothing is divided before. */
export const roundedQuotient = (numerator: Exact, denominator: number | Exact): number =>
  numerator.times(2).plus(denominator).divToInt(new Exact(denominator).times(2)).toNumber();

/** A whole number of minor units, no more than one amount may be. */
export const isMinorUnits = (amount: number): boolean =>
  Number.isSafeInteger(amount) && Math.abs(amount) <= mostAmount.value;
