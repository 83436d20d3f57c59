import { DomainError, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { activityRegistrationCheckedIn } from '@steward/events';
import {
  lockAggregates,
  lockAuthorized,
  publish,
  refusalOf,
  saveAggregates,
  type RefusalValue,
} from '@steward/service-kit';

import { activityAggregate, activityRegistrationAggregate } from '../db/aggregates.ts';
import { registrationFact } from '../domain/activity-facts.ts';
import type { ActivityRegistration } from '../domain/activity.ts';
import { checkedIn } from '../domain/registration-rules.ts';
import type { CheckInActivityParticipantsInput } from '../graphql/generated.ts';

export type CheckIn = { id: string; refusal: RefusalValue | null };

const mostRows = 200;

/** Those at the door, many at once; one who cannot be checked in does not hold up the others. */
export async function checkInActivityParticipants(
  tx: Tx,
  input: CheckInActivityParticipantsInput,
): Promise<{ results: CheckIn[] }> {
  const activity = await lockAuthorized(tx, activityAggregate, { id: input.activityId });
  const ids = [...new Set(input.registrationIds)];
  if (ids.length < 1 || ids.length > mostRows) {
    refuseAll([{ path: 'input.registrationIds', reason: 'TOO_MANY_ROWS', rule: 'A105', params: { most: mostRows } }]);
  }
  const found = await lockAggregates(tx, activityRegistrationAggregate, ids);
  const { now } = txScope(tx);
  const changes: { before: ActivityRegistration; after: ActivityRegistration }[] = [];
  const results = ids.map((id) => {
    const refusal = refusalOf(() => {
      const before = found.get(id);
      if (before?.activityId !== activity.id) {
        throw new DomainError('BAD_USER_INPUT', 'REGISTRATION_UNKNOWN', {
          path: 'input.registrationIds',
          rule: 'A105',
        });
      }
      changes.push({ before, after: checkedIn(before, activity, now) });
    });
    return { id, refusal };
  });
  const note = { action: 'checkInActivityParticipants', rule: 'A105' };
  for (const saved of await saveAggregates(tx, activityRegistrationAggregate, changes, note)) {
    publish(tx, saved, activityRegistrationCheckedIn, registrationFact(saved));
  }
  return { results };
}
