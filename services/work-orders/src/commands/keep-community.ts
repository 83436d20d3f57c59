import { monthOf } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import type { communityRegistered, StewardEvent } from '@steward/events';
import { scheduleUnlessWaiting } from '@steward/service-kit';

import { communityReferenceEntity } from '../db/reference-entities.ts';
import { sampleTimer, weekOf } from './draw-weekly-sample.ts';
import { reportTimer } from './issue-monthly-report.ts';

type CommunityData = ReturnType<(typeof communityRegistered)['data']['parse']>;

/** Reaction: keeps a community's zone and currency, and sets the timers of its weekly samples and monthly reports. */
export async function keepCommunity(tx: Tx, event: StewardEvent<CommunityData>): Promise<void> {
  const { communityId, timeZone, currency, status } = event.data;
  const reference = { id: communityId, tenantId: event.tenantid, timeZone, currency, status };
  await tx.upsert(communityReferenceEntity, reference, { conflictPaths: ['id'] });
  if (status === 'LEFT') return;
  const { now } = txScope(tx);
  await scheduleUnlessWaiting(tx, await sampleTimer(tx, reference, weekOf(now, timeZone)));
  await scheduleUnlessWaiting(tx, await reportTimer(tx, reference, { month: monthOf(now, timeZone) }));
}
