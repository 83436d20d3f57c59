import { txScope, type Tx } from '@steward/db';
import { providerPaymentPaid } from '@steward/events';
import type { OrderState } from '@steward/payments';
import { lockAggregate, notify, saveAndTell } from '@steward/service-kit';

import { providerPaymentAggregate } from '../db/counter-aggregates.ts';
import { providerPaymentEntity } from '../db/refund-entities.ts';
import { confirmationItems } from '../domain/counter-policy.ts';
import { accountIn } from './lock-counter.ts';
import { orderFact } from './start-provider-payment.ts';
import { takePayment } from './take-payment.ts';

/**
 * The provider has the money: it is booked once, however often that is told. What it took is what counts; a sum that is
 * not the one asked for is booked too, and told to the director.
 */
export async function takeProviderMoney(tx: Tx, communityId: string, state: OrderState): Promise<void> {
  const found = await tx.findOneBy(providerPaymentEntity, { communityId, number: state.orderNumber });
  if (found === null || state.state !== 'PAID') return;
  const before = await lockAggregate(tx, providerPaymentAggregate, found.id);
  if (before.status === 'PAID') return;
  const { transactionNumber, amount } = state;
  const { now } = txScope(tx);
  const account = await accountIn(tx, communityId, before.billingAccountId);
  // Whoever pays by telephone has seen the five things in the app before the code.
  const entry = {
    means: 'WALLET' as const,
    amount,
    tendered: null,
    reference: transactionNumber,
    proofFileIds: [],
    confirmed: confirmationItems,
    receivedAt: now,
  };
  const payment = await takePayment(tx, { account, entry, wish: null, session: null, isTaken: true });
  const paid = { transactionNumber, paidAt: state.paidAt ?? now, paymentId: payment.id };
  const after = { ...before, ...paid, status: 'PAID' as const };
  const fact = { ...orderFact(before), paymentId: payment.id };
  const note = { action: 'takeProviderMoney' };
  await saveAndTell(tx, providerPaymentAggregate, { before, after, note }, [providerPaymentPaid, () => fact]);
  if (amount === before.amount) return;
  const params = { number: before.number, amount };
  await notify(tx, {
    communityId,
    to: { role: 'director' },
    template: 'providerAmountDiffers',
    params,
    aggregateId: before.id,
  });
}
