import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { authorize, managedCommunity } from '@steward/service-kit';

import { chargeEntity } from '../db/charge-entities.ts';
import { leftAtProvider } from '../db/provider-queries.ts';
import { lockAccounts } from '../db/refund-queries.ts';
import type { Charge } from '../domain/charge.ts';
import { depositTypes } from '../domain/ledger-policy.ts';
import { refundReasons } from '../domain/refund-rules.ts';
import type { RequestRefundInput } from '../graphql/generated.ts';
import { askRefund } from './ask-refund.ts';
import { accountIn } from './lock-counter.ts';

/** What is given back must have been paid by this account. */
async function chargeOf(tx: Tx, { source, chargeId, billingAccountId }: RequestRefundInput): Promise<Charge | null> {
  if (source === 'ADVANCE') return null;
  const charge = chargeId == null ? null : await tx.findOneBy(chargeEntity, { id: chargeId, billingAccountId });
  const isOfKind = charge !== null && (source === 'DEPOSIT') === depositTypes.includes(charge.chargeTypeCode);
  if (!isOfKind) throw new DomainError('BAD_USER_INPUT', 'CHARGE_UNKNOWN', { path: 'input.chargeId', rule: 'A018' });
  return charge;
}

/** The provider gives no more of a payment back than it took. */
async function checkProviderPayment(tx: Tx, input: RequestRefundInput): Promise<void> {
  const { means, providerPaymentId, billingAccountId, amount } = input;
  if (means !== 'WALLET') return;
  const left = providerPaymentId == null ? 0 : await leftAtProvider(tx, providerPaymentId, billingAccountId);
  if (left < amount)
    throw new DomainError('BAD_USER_INPUT', 'PROVIDER_PAYMENT_UNFIT', {
      path: 'input.providerPaymentId',
      rule: 'A018',
    });
}

export async function requestRefund(tx: Tx, input: RequestRefundInput): Promise<{ id: string }> {
  const { communityId, billingAccountId, source, amount, means, reasonCode } = input;
  await authorize(tx, { communityId });
  await managedCommunity(tx, communityId);
  const { householdId } = await accountIn(tx, communityId, billingAccountId);
  if (!refundReasons.includes(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', {
      path: 'input.reasonCode',
      params: { code: reasonCode },
    });
  // Before anything is judged: of two who ask at once the second sees what the first has asked for.
  await lockAccounts(tx, [billingAccountId]);
  const charge = await chargeOf(tx, input);
  await checkProviderPayment(tx, input);
  const what = {
    source,
    chargeId: charge?.id ?? null,
    chargeTypeCode: charge?.chargeTypeCode ?? null,
    amount,
    means,
    reasonCode,
  };
  const providerPaymentId = means === 'WALLET' ? (input.providerPaymentId ?? null) : null;
  const refund = await askRefund(tx, { communityId, billingAccountId, householdId, ...what, providerPaymentId });
  return { id: refund.id };
}

requestRefund.repeats = 'forGood' as const;
