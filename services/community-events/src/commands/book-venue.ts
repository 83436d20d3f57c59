import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { authorize, managedCommunity, seal } from '@steward/service-kit';

import { timesViolations } from '../domain/plan-rules.ts';
import type { BookVenueInput } from '../graphql/generated.ts';
import { book, venueRefusals } from './settle-venue.ts';

/** For other purposes than an activity of ours, whose plan books by itself. */
export async function bookVenue(tx: Tx, input: BookVenueInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const { id: communityId } = await managedCommunity(tx, input.communityId);
  const { venueId, startsAt, endsAt } = input;
  const rule = 'A106';
  const time = timesViolations({ startsAt, endsAt }, txScope(tx).now, rule);
  if (input.purpose.trim() === '') time.push({ path: 'input.purpose', reason: 'TEXT_REQUIRED', rule });
  const wanted = { venueId, communityId, capacity: null, time: { startsAt, endsAt }, activityId: null };
  refuseAll([...time, ...(time.length > 0 ? [] : await venueRefusals(tx, wanted, rule))]);
  const purposeSealed = seal(tx, input.purpose.trim());
  const { id } = await book(
    tx,
    { communityId, venueId, activityId: null, purposeSealed, startsAt, endsAt },
    'bookVenue',
  );
  return { id };
}
