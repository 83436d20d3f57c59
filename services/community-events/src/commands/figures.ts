import type { Tx } from '@steward/db';
import { resolvePolicy } from '@steward/service-kit';

import { activityPolicy, type ActivityValues } from '../domain/activity-policy.ts';

/** The figures of activities as they hold in a community. */
export const activityValues = (tx: Tx, communityId: string): Promise<ActivityValues> =>
  resolvePolicy(tx, activityPolicy, communityId);
