import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { refundRequested } from '@steward/events';
import { insertAggregate, nextNumber, notify, publish, resolvePolicy } from '@steward/service-kit';

import { refundAggregate } from '../db/counter-aggregates.ts';
import { communityOfBooks } from '../db/reference-queries.ts';
import { lockRefundable, refundsSince } from '../db/refund-queries.ts';
import { counterPrefixes, refundPolicy } from '../domain/counter-policy.ts';
import { addedUpSince, checkRefundAmount, refundApprover } from '../domain/refund-rules.ts';
import type { Refund } from '../domain/refund.ts';

type Wanted = Pick<
  Refund,
  | 'communityId'
  | 'billingAccountId'
  | 'householdId'
  | 'source'
  | 'chargeId'
  | 'chargeTypeCode'
  | 'amount'
  | 'means'
  | 'reasonCode'
> & { providerPaymentId?: string | null };

/** Asks for money to be given back; somebody else decides, by its amount the supervisor or the director (A018). */
export async function askRefund(tx: Tx, wanted: Wanted): Promise<Refund> {
  const { communityId, amount } = wanted;
  checkRefundAmount(amount, await lockRefundable(tx, wanted));
  const { timeZone: zone, currency } = await communityOfBooks(tx, communityId);
  const figures = await resolvePolicy(tx, refundPolicy, communityId);
  const { actor, now } = txScope(tx);
  // The account is locked: of two that are asked for at once the second is added to the first.
  const measuredAmount = amount + (await refundsSince(tx, wanted.billingAccountId, addedUpSince(now, figures)));
  const approverRole = refundApprover(measuredAmount, figures);
  const open = { decidedBy: null, decidedAt: null, sessionId: null, reference: null, paidAt: null };
  const number = await nextNumber(tx, communityId, counterPrefixes.refund, zone);
  const { providerPaymentId = null } = wanted;
  const status = 'REQUESTED' as const;
  const fresh = {
    ...wanted,
    id: newId(),
    number,
    status,
    currency,
    requestedBy: actor.sub,
    measuredAmount,
    approverRole,
    providerPaymentId,
    ...open,
  };
  const refund = await insertAggregate(tx, refundAggregate, fresh, { action: 'requestRefund', rule: 'A018' });
  publish(tx, refund, refundRequested, refundFact(refund));
  const params = { number, amount };
  await notify(tx, {
    communityId,
    to: { role: approverRole },
    template: 'refundAsked',
    params,
    aggregateId: refund.id,
  });
  return refund;
}

export const refundFact = ({ id, billingAccountId, source, chargeId, amount, currency }: Refund) => ({
  refundId: id,
  billingAccountId,
  source,
  chargeId,
  refunded: { amount, currency },
});
