import { DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { providerPaymentRequested } from '@steward/events';
import { authorize, insertAggregate, managedCommunity, nextNumber, publish, schedule } from '@steward/service-kit';

import { providerPaymentAggregate } from '../db/counter-aggregates.ts';
import { billingAccountAggregate } from '../db/ledger-aggregates.ts';
import { counterPrefixes } from '../domain/counter-policy.ts';
import type { ProviderPayment } from '../domain/provider-payment.ts';
import type { StartProviderPaymentInput } from '../graphql/generated.ts';
import { visibleAccount } from './lock-counter.ts';
import { requireProvider } from './provider-client.ts';
import { providerOrderTimer } from './provider-timers.ts';

/** How long a code can be scanned. */
const validMinutes = 15;

/** Somebody wants to pay by telephone; the code to scan comes as soon as the provider has answered. */
export async function startProviderPayment(tx: Tx, input: StartProviderPaymentInput): Promise<{ id: string }> {
  const { communityId, amount } = input;
  const account = await visibleAccount(tx, communityId, input.billingAccountId);
  await authorize(tx, billingAccountAggregate.subject(account));
  const { timeZone: zone, currency } = await managedCommunity(tx, communityId);
  const { merchantId } = await requireProvider(tx, communityId);
  if (!Number.isSafeInteger(amount) || amount < 1)
    throw new DomainError('BAD_USER_INPUT', 'AMOUNT_NOT_POSITIVE', { path: 'input.amount', rule: 'A075' });
  const { now } = txScope(tx);
  const id = newId();
  // The provider takes 6 to 32 letters and digits, unique for the merchant for ever.
  const number =
    `${await nextNumber(tx, communityId, counterPrefixes.providerOrder, zone)}${id.slice(-8).toUpperCase()}`.replaceAll(
      '-',
      '',
    );
  const expiresAt = new Date(now.getTime() + validMinutes * 60_000);
  const open = { codeUrl: null, transactionNumber: null, paidAt: null, paymentId: null, failure: null };
  const { id: billingAccountId, householdId } = account;
  const fresh = {
    id,
    communityId,
    number,
    status: 'PREPARING' as const,
    billingAccountId,
    householdId,
    amount,
    currency,
    merchantId,
    expiresAt,
    ...open,
  };
  const order = await insertAggregate(tx, providerPaymentAggregate, fresh, { action: 'startProviderPayment' });
  publish(tx, order, providerPaymentRequested, orderFact(order));
  await schedule(tx, { kind: providerOrderTimer, communityId, aggregateId: id, dueAt: now });
  return { id };
}

startProviderPayment.repeats = 'forGood' as const;

export const orderFact = ({ id, billingAccountId, amount, currency }: ProviderPayment) => ({
  providerPaymentId: id,
  billingAccountId,
  asked: { amount, currency },
});
