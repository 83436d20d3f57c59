import { refuseAll } from '@steward/core';

import { mostAmount } from '../domain/money-policy.ts';

/** Refuses amounts that nobody means: no single one is more than the bound, owed or given back. */
export function checkAmounts(amounts: readonly { path: string; amount: number }[]): void {
  const most = mostAmount.value;
  const tooLarge = amounts.filter(({ amount }) => Math.abs(amount) > most);
  refuseAll(tooLarge.map(({ path }) => ({ path, reason: 'AMOUNT_TOO_LARGE', params: { most } })));
}
