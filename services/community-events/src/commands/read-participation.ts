import { startOfLocalDay } from '@steward/core';
import type { Tx } from '@steward/db';
import { managedCommunity } from '@steward/service-kit';

import { participationOf, type Participation } from '../db/activity-queries.ts';
import { serviceLines } from '../domain/activity-policy.ts';

type Days = { communityId: string; from: string; to: string };

/** Figures of the activities that began on days of the community's calendar. */
export async function readParticipation(tx: Tx, days: Days): Promise<Participation & { currency: string }> {
  const { id: communityId, timeZone, currency } = await managedCommunity(tx, days.communityId, 'communityId');
  const [from, to] = [startOfLocalDay(days.from, timeZone), startOfLocalDay(days.to, timeZone)];
  return { ...(await participationOf(tx, { communityId, from, to })), currency };
}

/** What the centre does (A049). */
export const readServiceLines = () => [...serviceLines];
