import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { invocationOf } from '@steward/service-kit';

import type { CashierSession } from '../domain/cashier-session.ts';
import { actingStaff } from './lock-counter.ts';

/**
 * Everybody counts and hands over their own till. Of a cashier who does not come back the director does, so that no cash
 * lies there for ever and the month can be closed; what is short is the cashier's still.
 */
export function requireOwnTill(tx: Tx, { cashierId }: CashierSession): void {
  if (actingStaff(tx) === cashierId || invocationOf(tx).viewer.roles.includes('director')) return;
  throw new DomainError('FORBIDDEN', 'NOT_YOUR_TILL', { rule: 'B044' });
}
