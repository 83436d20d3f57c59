import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { activityCancelled, activityRegistrationCancelled } from '@steward/events';
import {
  cancelDeadlines,
  cancelScheduled,
  lockAggregates,
  lockAuthorized,
  notify,
  publish,
  saveAggregates,
  saveAndTell,
} from '@steward/service-kit';

import { standingRegistrations } from '../db/activity-queries.ts';
import { activityAggregate, activityRegistrationAggregate } from '../db/aggregates.ts';
import { bookingOfActivity } from '../db/venue-queries.ts';
import { registrationFact } from '../domain/activity-facts.ts';
import { cancelReasons } from '../domain/activity-policy.ts';
import type { Activity } from '../domain/activity.ts';
import { cancelled } from '../domain/registration-rules.ts';
import { moveTo } from '../domain/transition-rules.ts';
import type { CancelActivityInput } from '../graphql/generated.ts';
import { reminderTimer } from './remind-participants.ts';
import { release } from './settle-venue.ts';

export async function cancelActivity(tx: Tx, input: CancelActivityInput): Promise<{ id: string }> {
  const activity = await lockAuthorized(tx, activityAggregate, input);
  const { reasonCode } = input;
  const moved = moveTo(activity, 'cancelActivity', 'CANCELLED');
  const reasons: readonly string[] = cancelReasons;
  if (!reasons.includes(reasonCode)) {
    refuseAll([{ path: 'input.reasonCode', reason: 'REASON_UNKNOWN', rule: 'A105', params: { code: reasonCode } }]);
  }
  const after = { ...moved, cancelledAt: txScope(tx).now, cancelReasonCode: reasonCode };
  const note = { action: 'cancelActivity', reasonCode, rule: 'A105' };
  const data = { activityId: activity.id, reasonCode };
  const saved = await saveAndTell(tx, activityAggregate, { before: activity, after, note }, [
    activityCancelled,
    () => data,
  ]);
  await cancelDeadlines(tx, saved);
  await cancelScheduled(tx, saved.id, reminderTimer);
  const booking = await bookingOfActivity(tx, saved.id);
  if (booking !== null) await release(tx, booking, 'cancelActivity');
  await cancelRegistrations(tx, saved);
  return { id: saved.id };
}

/** Whoever holds a place or waits for one is told that there is nothing to come to. */
async function cancelRegistrations(tx: Tx, activity: Activity): Promise<void> {
  const ids = (await standingRegistrations(tx, activity.id)).map(({ id }) => id);
  const standing = [...(await lockAggregates(tx, activityRegistrationAggregate, ids)).values()];
  const { now } = txScope(tx);
  const changes = standing.map((before) => ({ before, after: cancelled(before, now) }));
  const note = { action: 'cancelActivity', reasonCode: activity.cancelReasonCode ?? '', rule: 'A105' };
  const { communityId, number } = activity;
  for (const saved of await saveAggregates(tx, activityRegistrationAggregate, changes, note)) {
    publish(tx, saved, activityRegistrationCancelled, registrationFact(saved));
    const { personId, householdId, id: aggregateId } = saved;
    const to = personId !== null ? { personId } : householdId !== null ? { householdId } : null;
    if (to !== null)
      await notify(tx, { communityId, to, template: 'activityCancelled', params: { number }, aggregateId });
  }
}
