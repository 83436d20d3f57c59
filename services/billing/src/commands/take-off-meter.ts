import type { Tx } from '@steward/db';

import type { Payment } from '../domain/payment.ts';
import { withdrawPrepaid } from './credit-prepaid.ts';

/** A top-up that is void comes off its meter; what pays debts never was on one. */
export async function takeOffMeter(tx: Tx, { meterId, billingAccountId, amount, means }: Payment): Promise<void> {
  if (meterId === null) return;
  await withdrawPrepaid(tx, meterId, {
    billingAccountId,
    amount,
    means,
    action: 'voidPayment',
    kind: 'VOID',
  });
}
