import type { Tx } from '@steward/db';
import type { EventDefinition } from '@steward/events';

import {
  insertAggregate,
  lockAggregate,
  publish,
  saveAggregate,
  type Aggregate,
  type AggregateRow,
} from './aggregate.ts';
import { authorize } from './authorize.ts';
import type { ChangeNote } from './history.ts';
import { authorizeByMatrix, type AuthorityAct, type AuthorityHeld } from './projections/authority-grants.ts';

/** What a command is about; a version that does not fit is told to whoever may act. */
type Target = { id: string; expectedVersion?: number | null };

/** The aggregate of a command, locked; refused to whoever may not run the command on it. */
export async function lockAuthorized<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  { id, expectedVersion }: Target,
): Promise<Row> {
  const row = await lockAggregate(tx, aggregate, id, expectedVersion);
  await authorize(tx, aggregate.subject(row));
  return row;
}

/** The same for an act that the authority matrix may give to others as well, with what the caller holds. */
export async function lockByMatrix<Row extends AggregateRow & { communityId: string }>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  act: AuthorityAct,
  { id, expectedVersion }: Target,
): Promise<{ row: Row; held: AuthorityHeld }> {
  const row = await lockAggregate(tx, aggregate, id, expectedVersion);
  return { row, held: await authorizeByMatrix(tx, aggregate, row, act) };
}

/** An event with what makes its data from the row as it is saved. */
type Fact<Row, T> = readonly [EventDefinition<T>, (saved: Row) => T];

/** Saves what a command decided and publishes it. */
export async function saveAndTell<Row extends AggregateRow, T>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  { before, after, note }: { before: Row; after: Row; note: ChangeNote },
  [definition, data]: Fact<Row, T>,
): Promise<Row> {
  const saved = await saveAggregate(tx, aggregate, before, after, note);
  publish(tx, saved, definition, data(saved));
  return saved;
}

/** Inserts a new aggregate and publishes it. */
export async function insertAndTell<Row extends AggregateRow, T>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  fresh: Omit<Row, 'tenantId' | 'version' | 'createdAt'>,
  note: ChangeNote,
  [definition, data]: Fact<Row, T>,
): Promise<Row> {
  const inserted = await insertAggregate(tx, aggregate, fresh, note);
  publish(tx, inserted, definition, data(inserted));
  return inserted;
}
