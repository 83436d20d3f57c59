import { rows, type Tx } from '@steward/db';
import { notify, type DueTimer } from '@steward/service-kit';

import { activityEntity } from '../db/activity-entities.ts';

export const reminderTimer = 'activity-reminder';

/** Timer: reminds those who hold a place, a day before. */
export async function remindParticipants(tx: Tx, { aggregateId }: DueTimer): Promise<void> {
  const activity = await tx.findOneBy(activityEntity, { id: aggregateId ?? '' });
  if (activity?.status !== 'APPROVED') return;
  const holders = await rows<{ id: string; personId: string | null; householdId: string | null }>(
    tx,
    `select id, person_id as "personId", household_id as "householdId" from activity_registration
      where activity_id = $1 and status = 'REGISTERED' order by id`,
    [activity.id],
  );
  const { communityId, number } = activity;
  for (const { id, personId, householdId } of holders) {
    const to = personId !== null ? { personId } : householdId !== null ? { householdId } : null;
    const request = { communityId, template: 'activityReminder', params: { number }, aggregateId: id };
    if (to !== null) await notify(tx, { ...request, to });
  }
}
