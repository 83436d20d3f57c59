import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';

import type { CashierSession } from '../domain/cashier-session.ts';
import { actingStaff } from './lock-counter.ts';

/** Everybody counts and hands over their own till. */
export function requireOwnTill(tx: Tx, { cashierId }: CashierSession): void {
  if (actingStaff(tx) !== cashierId) throw new DomainError('FORBIDDEN', 'NOT_YOUR_TILL', { rule: 'B044' });
}
