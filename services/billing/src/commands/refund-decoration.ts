import type { Tx } from '@steward/db';
import type { decorationRefundRequested, StewardEvent } from '@steward/events';

import { lockCharges } from '../db/charge-queries.ts';
import { depositTypes } from '../domain/ledger-policy.ts';
import { askRefund } from './ask-refund.ts';
import { takeBackCharge } from './take-back-charge.ts';

type Wanted = ReturnType<(typeof decorationRefundRequested)['data']['parse']>;

/** Reaction: the works passed or the application was cancelled; what was not paid is taken back, what was is refunded. */
export async function refundDecoration(tx: Tx, event: StewardEvent<Wanted>): Promise<void> {
  const { chargeId } = event.data;
  const [charge] = await lockCharges(tx, [chargeId]);
  if (charge === undefined || charge.status === 'REVERSED') return;
  const reasonCode = 'WORKS_PASSED';
  const paid = charge.amount - charge.outstanding;
  if (paid <= 0) {
    await takeBackCharge(tx, chargeId, { reasonCode });
    return;
  }
  const { communityId, billingAccountId, householdId, chargeTypeCode } = charge;
  const source = depositTypes.includes(chargeTypeCode) ? ('DEPOSIT' as const) : ('CHARGE' as const);
  const what = { source, chargeId, chargeTypeCode, amount: paid, means: 'TRANSFER' as const, reasonCode };
  await askRefund(tx, { communityId, billingAccountId, householdId, ...what });
}
