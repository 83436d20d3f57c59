import { txScope, type Tx } from '@steward/db';
import { schedule } from '@steward/service-kit';

import { unaskedAtProvider } from '../db/provider-queries.ts';
import { providerExpiryTimer, providerRefundTimer } from './provider-timers.ts';

/**
 * A timer that found the provider out of reach for hours is given up. What became of a refund that was sent, and of a code
 * that has run out, is asked for again the next morning, so that no outage leaves money between two books.
 */
export async function resumeProviderWork(tx: Tx, communityId: string): Promise<void> {
  const dueAt = txScope(tx).now;
  const { refunds, orders } = await unaskedAtProvider(tx, communityId, dueAt, {
    refund: providerRefundTimer,
    order: providerExpiryTimer,
  });
  for (const aggregateId of refunds) await schedule(tx, { kind: providerRefundTimer, communityId, aggregateId, dueAt });
  for (const aggregateId of orders) await schedule(tx, { kind: providerExpiryTimer, communityId, aggregateId, dueAt });
}
