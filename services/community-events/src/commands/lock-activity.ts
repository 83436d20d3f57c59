import type { Tx } from '@steward/db';

import { activityAggregate } from '../db/aggregates.ts';
import type { Activity } from '../domain/activity.ts';
import { lockOf } from './lock-of.ts';

type Input = { id: string; expectedVersion?: number | null };

/** The activity of a command, locked; refused to whoever may not run the command on it. */
export const lockActivity = (tx: Tx, input: Input): Promise<Activity> => lockOf(tx, activityAggregate, input);
