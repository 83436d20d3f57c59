import type { Tx } from '@steward/db';
import { providerPaymentEnded, providerPaymentReady } from '@steward/events';
import { ProviderError } from '@steward/payments';
import { lockAggregate, saveAndTell, schedule, type DueTimer, type OutsideWork } from '@steward/service-kit';

import { providerPaymentAggregate } from '../db/counter-aggregates.ts';
import { notifyUrl, providerOf } from './provider-client.ts';
import { providerExpiryTimer } from './provider-timers.ts';
import { orderFact } from './start-provider-payment.ts';

/** Timer: tells the provider of an order; our number makes a repetition the same order. */
export async function announceProviderOrder(tx: Tx, due: DueTimer): Promise<OutsideWork | null> {
  const order = await lockAggregate(tx, providerPaymentAggregate, due.aggregateId ?? '');
  const found = await providerOf(tx, order.communityId, order.merchantId);
  if (order.status !== 'PREPARING' || found === null) return null;
  const { provider, account } = found;
  const { number: orderNumber, amount, currency, expiresAt } = order;
  // The code is scanned by real telephones: its end is told in real time, however the platform's clock stands.
  const ends = new Date(Date.now() + Math.max(expiresAt.getTime() - due.dueAt.getTime(), 60_000));
  let codeUrl: string | null = null;
  let failure: string | null = null;
  return {
    carryOut: async () => {
      try {
        const description = `物业费 ${orderNumber}`;
        ({ codeUrl } = await provider.createOrder({
          orderNumber,
          description,
          amount,
          currency,
          expiresAt: ends,
          notifyUrl: notifyUrl(account),
        }));
      } catch (error) {
        if (!(error instanceof ProviderError) || error.isTemporary) throw error;
        failure = error.code;
      }
    },
    keep: async (later) => {
      const before = await lockAggregate(later, providerPaymentAggregate, order.id);
      if (before.status !== 'PREPARING') return;
      const note = { action: 'announceProviderOrder', ...(failure === null ? {} : { reason: failure }) };
      if (failure !== null) {
        const after = { ...before, status: 'FAILED' as const, failure };
        const fact = { ...orderFact(before), outcome: 'FAILED' as const };
        await saveAndTell(later, providerPaymentAggregate, { before, after, note }, [providerPaymentEnded, () => fact]);
        return;
      }
      const after = { ...before, status: 'READY' as const, codeUrl };
      await saveAndTell(later, providerPaymentAggregate, { before, after, note }, [providerPaymentReady, orderFact]);
      const { communityId, id: aggregateId } = before;
      await schedule(later, { kind: providerExpiryTimer, communityId, aggregateId, dueAt: expiresAt });
    },
  };
}
