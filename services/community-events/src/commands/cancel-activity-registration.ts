import { txScope, type Tx } from '@steward/db';
import { activityRegistrationCancelled, activityRegistrationPromoted } from '@steward/events';
import { lockAggregate, lockAuthorized, notify, publish, saveAggregate } from '@steward/service-kit';

import { seatsOf, waitingOf } from '../db/activity-queries.ts';
import { activityAggregate, activityRegistrationAggregate } from '../db/aggregates.ts';
import { registrationFact } from '../domain/activity-facts.ts';
import type { Activity } from '../domain/activity.ts';
import { cancelled, promotedOf } from '../domain/registration-rules.ts';
import { activityRegistrationEntity } from '../db/activity-entities.ts';
import type { CancelActivityRegistrationInput } from '../graphql/generated.ts';

export async function cancelActivityRegistration(
  tx: Tx,
  input: CancelActivityRegistrationInput,
): Promise<{ id: string }> {
  // The activity first, as everybody does who changes its places: two at once cannot wait for each other.
  const known = await tx.findOneBy(activityRegistrationEntity, { id: input.id });
  const activity = known === null ? null : await lockAggregate(tx, activityAggregate, known.activityId);
  const registration = await lockAuthorized(tx, activityRegistrationAggregate, input);
  const note = { action: 'cancelActivityRegistration', rule: 'A105' };
  const after = cancelled(registration, txScope(tx).now);
  const saved = await saveAggregate(tx, activityRegistrationAggregate, registration, after, note);
  publish(tx, saved, activityRegistrationCancelled, registrationFact(saved));
  if (activity?.status === 'APPROVED') await promote(tx, activity);
  return { id: saved.id };
}

/** The places that became free go to those who wait, in their order. */
async function promote(tx: Tx, activity: Activity): Promise<void> {
  const { taken } = await seatsOf(tx, activity.id);
  const waiting = await waitingOf(tx, activity.id);
  const note = { action: 'promoteActivityRegistration', rule: 'A105' };
  for (const next of promotedOf(waiting, (activity.capacity ?? 0) - taken)) {
    const after = { ...next, status: 'REGISTERED' as const };
    const saved = await saveAggregate(tx, activityRegistrationAggregate, next, after, note);
    publish(tx, saved, activityRegistrationPromoted, registrationFact(saved));
    const { personId, householdId, communityId, id: aggregateId } = saved;
    const to = personId !== null ? { personId } : householdId !== null ? { householdId } : null;
    const params = { number: activity.number };
    if (to !== null) await notify(tx, { communityId, to, template: 'activityPromoted', params, aggregateId });
  }
}
