import { nextMidnight } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import type { communityRegistered, StewardEvent } from '@steward/events';
import { keepCommunity, scheduleUnlessWaiting } from '@steward/service-kit';

import { endOfMonth, endOfWeek, monthlyReportTimer, weeklyReportTimer } from './issue-complaint-report.ts';
import { recurrenceTimer } from './search-recurring-problems.ts';

type CommunityData = ReturnType<(typeof communityRegistered)['data']['parse']>;

/** Reaction: keeps a community, and sets the timers of its analysis: every day, week and month (A038). */
export async function keepOurCommunity(tx: Tx, event: StewardEvent<CommunityData>): Promise<void> {
  await keepCommunity(tx, event);
  const { communityId, timeZone, status } = event.data;
  if (status === 'LEFT') return;
  const { now } = txScope(tx);
  await scheduleUnlessWaiting(tx, { kind: recurrenceTimer, communityId, dueAt: nextMidnight(now, timeZone) });
  await scheduleUnlessWaiting(tx, { kind: weeklyReportTimer, communityId, dueAt: endOfWeek(now, timeZone) });
  await scheduleUnlessWaiting(tx, { kind: monthlyReportTimer, communityId, dueAt: endOfMonth(now, timeZone) });
}
