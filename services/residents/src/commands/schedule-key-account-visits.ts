import { addDays, startOfLocalDay } from '@steward/core';
import type { Tx } from '@steward/db';
import { keyAccountVisitCancelled } from '@steward/events';
import {
  cancelDeadlines,
  cancelScheduled,
  lockAggregate,
  publish,
  resolvePolicy,
  saveAggregate,
  schedule,
} from '@steward/service-kit';

import { loadCommunity, todayIn } from '../db/community-queries.ts';
import { keyAccountVisitAggregate } from '../db/key-account-visit-entities.ts';
import { dueVisitOf } from '../db/key-account-visit-queries.ts';
import type { Community } from '../domain/community.ts';
import type { Household } from '../domain/household.ts';
import { keyAccountVisitPolicy, keyAccountVisitTimer, visitIntervals } from '../domain/key-account-visit-policy.ts';

/** Sets when the next visits of key accounts become due, by their segments (A204). */
export async function scheduleVisits(tx: Tx, community: Community, households: readonly Household[]): Promise<void> {
  const keyAccounts = households.filter(({ isKeyAccount }) => isKeyAccount);
  if (keyAccounts.length === 0) return;
  const figures = await resolvePolicy(tx, keyAccountVisitPolicy, community.id);
  for (const { id: aggregateId, communityId, segment } of keyAccounts) {
    const day = addDays(todayIn(tx, community), figures[visitIntervals[segment]]);
    const dueAt = startOfLocalDay(day, community.timeZone);
    await schedule(tx, { kind: keyAccountVisitTimer, dueAt, aggregateId, communityId });
  }
}

/** A household became a key account, is none any more, or is of another segment: its visits follow. */
export async function rescheduleVisits(tx: Tx, household: Household): Promise<void> {
  await cancelScheduled(tx, household.id, keyAccountVisitTimer);
  const due = await dueVisitOf(tx, household.id);
  if (household.isKeyAccount) {
    // A visit that is due goes before the next.
    if (due === null) await scheduleVisits(tx, await loadCommunity(tx, household.communityId), [household]);
  } else if (due !== null) {
    const visit = await lockAggregate(tx, keyAccountVisitAggregate, due.id);
    const note = { action: 'cancelKeyAccountVisit', reasonCode: 'NO_KEY_ACCOUNT', rule: 'A204' };
    const saved = await saveAggregate(tx, keyAccountVisitAggregate, visit, { ...visit, status: 'CANCELLED' }, note);
    await cancelDeadlines(tx, saved);
    publish(tx, saved, keyAccountVisitCancelled, { visitId: saved.id, reasonCode: 'NO_KEY_ACCOUNT' });
  }
}
