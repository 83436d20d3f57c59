import type { Tx } from '@steward/db';
import type { EventDefinition } from '@steward/events';
import {
  authorize,
  lockAggregate,
  publish,
  saveAggregate,
  type Aggregate,
  type AggregateRow,
  type ChangeNote,
} from '@steward/service-kit';

type Input = { id: string; expectedVersion?: number | null };

/** An aggregate of a command, locked; refused to whoever may not run the command on it. */
export async function lockFor<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  { id, expectedVersion }: Input,
): Promise<Row> {
  const row = await lockAggregate(tx, aggregate, id, expectedVersion);
  await authorize(tx, aggregate.subject(row));
  return row;
}

/** Saves what a command decided and tells it; the fact is made from the row as it is saved. */
export async function saveAndTell<Row extends AggregateRow, T>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  step: { before: Row; after: Row; note: ChangeNote },
  fact: readonly [EventDefinition<T>, (saved: Row) => T],
): Promise<Row> {
  const saved = await saveAggregate(tx, aggregate, step.before, step.after, step.note);
  const [definition, data] = fact;
  publish(tx, saved, definition, data(saved));
  return saved;
}
