import { monthOf } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import type { communityRegistered, StewardEvent } from '@steward/events';
import { keepCommunity, scheduleUnlessWaiting } from '@steward/service-kit';

import { sampleTimer, weekOf } from './draw-weekly-sample.ts';
import { reportTimer } from './issue-monthly-report.ts';

type CommunityData = ReturnType<(typeof communityRegistered)['data']['parse']>;

/** Reaction: keeps a community's zone and currency, and sets the timers of its weekly samples and monthly reports. */
export async function keepOurCommunity(tx: Tx, event: StewardEvent<CommunityData>): Promise<void> {
  await keepCommunity(tx, event);
  const { communityId: id, timeZone, status } = event.data;
  if (status === 'LEFT') return;
  const { now } = txScope(tx);
  await scheduleUnlessWaiting(tx, await sampleTimer(tx, { id, timeZone }, weekOf(now, timeZone)));
  await scheduleUnlessWaiting(tx, await reportTimer(tx, { id, timeZone }, { month: monthOf(now, timeZone) }));
}
