/** `1,234.50` of minor units; the currency is said beside it. Exact: nothing passes through a fraction. */
export function formatAmount(minorUnits: number): string {
  if (!Number.isSafeInteger(minorUnits)) throw new RangeError('an amount is a whole number of minor units');
  const digits = String(Math.abs(minorUnits)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${minorUnits < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`;
}
