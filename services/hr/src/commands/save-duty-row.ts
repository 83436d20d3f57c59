import type { Tx } from '@steward/db';
import type { EventDefinition } from '@steward/events';
import {
  authorize,
  insertAggregate,
  lockAggregate,
  publish,
  saveAggregate,
  type Aggregate,
  type AggregateRow,
  type ChangeNote,
} from '@steward/service-kit';

type Input = { id: string; expectedVersion?: number | null };

/** The row of a command, locked; refused to whoever may not run the command on it. */
export async function lockDutyRow<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  { id, expectedVersion }: Input,
): Promise<Row> {
  const row = await lockAggregate(tx, aggregate, id, expectedVersion);
  await authorize(tx, aggregate.subject(row));
  return row;
}

/** Saves what a command decided and tells it; `data` makes the fact from the row as it is saved. */
export async function saveDutyRow<Row extends AggregateRow, T>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  before: Row,
  after: Row,
  note: ChangeNote,
  [definition, data]: readonly [EventDefinition<T>, (saved: Row) => T],
): Promise<Row> {
  const saved = await saveAggregate(tx, aggregate, before, after, note);
  publish(tx, saved, definition, data(saved));
  return saved;
}

/** Enters a row and tells it. */
export async function enterDutyRow<Row extends AggregateRow, T>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  fresh: Omit<Row, 'tenantId' | 'version' | 'createdAt'>,
  note: ChangeNote,
  [definition, data]: readonly [EventDefinition<T>, (saved: Row) => T],
): Promise<Row> {
  const inserted = await insertAggregate(tx, aggregate, fresh, note);
  publish(tx, inserted, definition, data(inserted));
  return inserted;
}
