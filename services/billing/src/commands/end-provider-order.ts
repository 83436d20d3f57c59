import type { Tx } from '@steward/db';
import { providerPaymentEnded } from '@steward/events';
import type { OrderState } from '@steward/payments';
import { lockAggregate, saveAndTell, type DueTimer, type OutsideWork } from '@steward/service-kit';

import { providerPaymentAggregate } from '../db/counter-aggregates.ts';
import { providerOf } from './provider-client.ts';
import { orderFact } from './start-provider-payment.ts';
import { takeProviderMoney } from './take-provider-money.ts';

/** Timer: a code has run out. The provider is asked before it is closed: a notice may have been lost on its way. */
export async function endProviderOrder(tx: Tx, due: DueTimer): Promise<OutsideWork | null> {
  const order = await lockAggregate(tx, providerPaymentAggregate, due.aggregateId ?? '');
  const found = await providerOf(tx, order.communityId, order.merchantId);
  if (order.status !== 'READY' || found === null) return null;
  const { provider } = found;
  let state: OrderState | undefined;
  return {
    carryOut: async () => {
      state = await provider.queryOrder(order.number);
      if (state.state === 'OPEN') await provider.closeOrder(order.number);
    },
    keep: async (later) => {
      if (state?.state === 'PAID') return takeProviderMoney(later, order.communityId, state);
      const before = await lockAggregate(later, providerPaymentAggregate, order.id);
      if (before.status !== 'READY') return;
      const after = { ...before, status: 'CLOSED' as const };
      const fact = { ...orderFact(before), outcome: 'CLOSED' as const };
      const note = { action: 'endProviderOrder' };
      await saveAndTell(later, providerPaymentAggregate, { before, after, note }, [providerPaymentEnded, () => fact]);
    },
  };
}
