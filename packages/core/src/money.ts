import { Decimal } from 'decimal.js';

/** An amount in minor units (分) of its currency; a safe integer, never a fraction. */
export type Money = { amount: number; currency: string };

/** `quantity x unit price`, rounded half up once, in minor units. */
export const lineAmount = (quantity: string, unitAmount: number): number =>
  new Decimal(quantity).times(unitAmount).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber();

/** The sum of amounts in one currency; throws on a mix. */
export function sumMoney(amounts: readonly Money[], currency: string): Money {
  if (amounts.some((money) => money.currency !== currency)) throw new RangeError('amounts of different currencies');
  return { amount: amounts.reduce((sum, money) => sum + money.amount, 0), currency };
}
