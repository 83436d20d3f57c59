import { txScope, type Tx } from '@steward/db';
import type { communityRegistered, StewardEvent } from '@steward/events';
import { keepCommunity, scheduleUnlessWaiting } from '@steward/service-kit';

import { startCounterDays } from './start-counter-day.ts';
import { dailyReportTimer, endOfDay, endOfMonth, monthlyReportTimer } from './issue-collection-report.ts';
import { ledgerHeadTimer } from './publish-ledger-head.ts';

type CommunityData = ReturnType<(typeof communityRegistered)['data']['parse']>;

/** Reaction: keeps a community, and sets the timers of its books. */
export async function keepOurCommunity(tx: Tx, event: StewardEvent<CommunityData>): Promise<void> {
  await keepCommunity(tx, event);
  const { communityId, timeZone, status } = event.data;
  if (status === 'LEFT') return;
  const { now } = txScope(tx);
  await scheduleUnlessWaiting(tx, { kind: ledgerHeadTimer, communityId, dueAt: endOfDay(now, timeZone) });
  await scheduleUnlessWaiting(tx, { kind: dailyReportTimer, communityId, dueAt: endOfDay(now, timeZone) });
  await scheduleUnlessWaiting(tx, { kind: monthlyReportTimer, communityId, dueAt: endOfMonth(now, timeZone) });
  await startCounterDays(tx, communityId, timeZone);
}
