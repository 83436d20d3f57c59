import { addDays, localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { schedule, type CommunityReference } from '@steward/service-kit';

import { unaskedAtProvider, uncomparedDays } from '../db/provider-queries.ts';
import { accountAtProvider } from './provider-client.ts';
import { providerBillTimer, providerExpiryTimer, providerRefundTimer } from './provider-timers.ts';

/** The provider keeps the file of a day for three months. */
const billDays = 85;

/** Files that were not to be had on their day: without them a fee is missing in the books, and a difference is not told. */
async function resumeBills(tx: Tx, { id: communityId, timeZone }: CommunityReference, at: Date): Promise<void> {
  if ((await accountAtProvider(tx, communityId)) === null) return;
  // Yesterday's is ready at its hour today.
  const before = addDays(localDate(at, timeZone), -1);
  const dueAt = txScope(tx).now;
  for (const day of await uncomparedDays(tx, { communityId, before, most: billDays }, providerBillTimer))
    await schedule(tx, { kind: providerBillTimer, communityId, dueAt, payload: { day } });
}

/**
 * A timer that found the provider out of reach for hours is given up. What became of a refund that was sent, and of a code
 * that has run out, is asked for again the next morning, and the file of a day is fetched, so that no outage leaves money
 * between two books.
 */
export async function resumeProviderWork(tx: Tx, community: CommunityReference, at: Date): Promise<void> {
  const { id: communityId } = community;
  const dueAt = txScope(tx).now;
  const { refunds, orders } = await unaskedAtProvider(tx, communityId, dueAt, {
    refund: providerRefundTimer,
    order: providerExpiryTimer,
  });
  for (const aggregateId of refunds) await schedule(tx, { kind: providerRefundTimer, communityId, aggregateId, dueAt });
  for (const aggregateId of orders) await schedule(tx, { kind: providerExpiryTimer, communityId, aggregateId, dueAt });
  await resumeBills(tx, community, at);
}
