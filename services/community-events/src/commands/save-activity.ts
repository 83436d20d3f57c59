import type { Tx } from '@steward/db';
import type { EventDefinition } from '@steward/events';
import { publish, saveAggregate, type ChangeNote } from '@steward/service-kit';

import { activityAggregate } from '../db/aggregates.ts';
import type { Activity } from '../domain/activity.ts';

/** Saves what a command decided and tells it; `data` makes the fact from the activity as it is saved. */
export async function saveActivity<T>(
  tx: Tx,
  before: Activity,
  after: Activity,
  note: ChangeNote,
  fact: readonly [EventDefinition<T>, (saved: Activity) => T],
): Promise<Activity> {
  const saved = await saveAggregate(tx, activityAggregate, before, after, note);
  const [definition, data] = fact;
  publish(tx, saved, definition, data(saved));
  return saved;
}
