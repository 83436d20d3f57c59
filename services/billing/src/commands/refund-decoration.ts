import type { Tx } from '@steward/db';
import type { decorationRefundRequested, StewardEvent } from '@steward/events';

import { lockCharges } from '../db/charge-queries.ts';
import { promisedOn } from '../db/clearing-queries.ts';
import { lockAccountsOfCharges, lockRefundable } from '../db/refund-queries.ts';
import { depositTypes } from '../domain/ledger-policy.ts';
import { askRefund } from './ask-refund.ts';
import { flushPostings } from './post-transactions.ts';
import { takeBackCharge } from './take-back-charge.ts';

type Wanted = ReturnType<(typeof decorationRefundRequested)['data']['parse']>;

/**
 * Reaction: the works passed or the application was cancelled; what was not paid is taken back, what was is refunded. Of a
 * charge paid in part the rest is not owed from now on, and nobody is dunned for it while the refund takes its way. So it
 * is where a cheque has not come or somebody signed: the promise stays to their good, and is money once it is kept.
 */
export async function refundDecoration(tx: Tx, event: StewardEvent<Wanted>): Promise<void> {
  const { chargeId } = event.data;
  await lockAccountsOfCharges(tx, [chargeId]);
  const [charge] = await lockCharges(tx, [chargeId]);
  if (charge === undefined || charge.status === 'REVERSED') return;
  const reasonCode = 'WORKS_PASSED';
  if (charge.status === 'OPEN' || (await promisedOn(tx, charge.communityId, chargeId)) > 0) {
    await takeBackCharge(tx, chargeId, { reasonCode });
    // What was paid has to stand in the books before a refund of it can be asked for.
    flushPostings(tx);
  }
  const { communityId, billingAccountId, householdId, chargeTypeCode } = charge;
  const { available: amount } = await lockRefundable(tx, { communityId, billingAccountId, chargeId });
  if (amount <= 0) return;
  const source = depositTypes.includes(chargeTypeCode) ? ('DEPOSIT' as const) : ('CHARGE' as const);
  const what = { source, chargeId, chargeTypeCode, amount, means: 'TRANSFER' as const, reasonCode };
  await askRefund(tx, { communityId, billingAccountId, householdId, ...what });
}
