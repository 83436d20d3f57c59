import type { Tx } from '@steward/db';
import { findCommunityReference, resolvePolicy } from '@steward/service-kit';

import { activityPolicy, type ActivityValues } from '../domain/activity-policy.ts';

/** The figures of activities as they hold in a community. */
export const activityValues = (tx: Tx, communityId: string): Promise<ActivityValues> =>
  resolvePolicy(tx, activityPolicy, communityId);

/** The time zone of a community that has activities, managed or not. */
export async function zoneOf(tx: Tx, communityId: string): Promise<string> {
  const found = await findCommunityReference(tx, communityId);
  if (found === null) throw new Error('an aggregate belongs to a community that is not known');
  return found.timeZone;
}
