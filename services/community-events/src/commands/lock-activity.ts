import type { Tx } from '@steward/db';
import { authorize, lockAggregate } from '@steward/service-kit';

import { activityAggregate } from '../db/aggregates.ts';
import type { Activity } from '../domain/activity.ts';

type Input = { id: string; expectedVersion?: number | null };

/** The activity of a command, locked; refused to whoever may not run the command on it. */
export async function lockActivity(tx: Tx, { id, expectedVersion }: Input): Promise<Activity> {
  const activity = await lockAggregate(tx, activityAggregate, id, expectedVersion);
  await authorize(tx, activityAggregate.subject(activity));
  return activity;
}
