import { DomainError } from '@steward/core';
import {
  addRows,
  beforeCommit,
  dispatch,
  entityRows,
  prepared,
  txScope,
  txState,
  updateVersioned,
  type AnyEntity,
  type Tx,
} from '@steward/db';
import { recordEvent, type EventDefinition, type deadlineEvents } from '@steward/events';
import type { Subject } from '@steward/auth';
import type { EntitySchema, ObjectLiteral } from 'typeorm';

import { recordChanges, type ChangeNote } from './history.ts';
import { invocationOf } from './running.ts';
import type { ListSubject } from './visible.ts';

/** What every aggregate's row has. `version` rises by one with each of its events. */
export type AggregateRow = {
  id: string;
  tenantId: string;
  communityId: string | null;
  version: number;
  createdAt: Date;
};

/** An aggregate type: its row, its place in the database and the graph, and on what access to it is judged. */
export type Aggregate<Row extends AggregateRow = AggregateRow> = {
  /** kebab-case, as in the subjects of its events. */
  type: string;
  table: string;
  graphqlType: string;
  entity: EntitySchema<Row & ObjectLiteral>;
  deadlines?: ReturnType<typeof deadlineEvents>;
  /** Columns with personal data: the history says that they changed, not to what. */
  sealed: readonly string[];
  subject(row: Row): Subject;
  /** The same in SQL, for lists; a row without one belongs to the community in its `community_id` and to nobody else. */
  listSubject?: ListSubject;
};

/** An aggregate type of whatever row. */
export type AnyAggregate = Omit<Aggregate, 'entity' | 'subject'> & { entity: AnyEntity; subject(row: never): Subject };

export const defineAggregate = <Row extends AggregateRow>(
  options: Omit<Aggregate<Row>, 'sealed'> & { sealed?: readonly (keyof Row & string)[] },
): Aggregate<Row> => ({ ...options, sealed: options.sealed ?? [] });

type Tracked = { table: string; type: string; saved: number; published: number };

const trackedKey = Symbol('aggregates');

/** The aggregates this transaction has written, with the version in the database and the one last published. */
function trackedOf(tx: Tx): Map<string, Tracked> {
  return txState(tx, trackedKey, () => {
    beforeCommit(tx, flushVersions);
    return new Map<string, Tracked>();
  });
}

/** Aggregates that published more than once got their later versions after their row was written: one update per table. */
async function flushVersions(tx: Tx): Promise<void> {
  const behind = new Map<string, { ids: string[]; versions: number[] }>();
  for (const [id, { table, type, saved, published }] of trackedOf(tx)) {
    if (published < saved) throw new Error(`${type} was saved without an event: every change is published`);
    if (published === saved) continue;
    const group = behind.get(table) ?? { ids: [], versions: [] };
    group.ids.push(id);
    group.versions.push(published);
    behind.set(table, group);
  }
  for (const [table, { ids, versions }] of behind) {
    const newest = 'select unnest($1::uuid[]) as id, unnest($2::int[]) as version';
    dispatch(tx, prepared(`update ${table} t set version = v.version from (${newest}) v where t.id = v.id`), [
      ids,
      versions,
    ]);
  }
}

/**
 * Loads an aggregate for writing; its row stays locked to the end of the transaction. A version that does not fit is
 * refused by `authorize`, after the viewer's right to know.
 */
export async function lockAggregate<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  id: string,
  expectedVersion?: number | null,
): Promise<Row> {
  const [row] = await entityRows(tx, aggregate.entity, 'where e.id = $1 for update', [id]);
  if (row === undefined) throw new DomainError('NOT_FOUND', 'NOT_FOUND', { params: { type: aggregate.graphqlType } });
  if (expectedVersion != null && expectedVersion !== row.version) {
    const params = { expected: expectedVersion, actual: row.version };
    invocationOf(tx).stale ??= new DomainError('CONFLICT', 'STALE_VERSION', { params });
  }
  return row;
}

/** Loads several aggregates for writing, locked in the order of their ids so that two bulk commands cannot deadlock. */
export async function lockAggregates<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  ids: readonly string[],
): Promise<Map<string, Row>> {
  if (ids.length === 0) return new Map();
  const found = await entityRows(tx, aggregate.entity, 'where e.id = any($1::uuid[]) order by e.id for update', [ids]);
  return new Map(found.map((row) => [row.id, row]));
}

/**
 * An id that a client gave and that is taken, be it by a company whose rows nobody here can see: one answer for both. Ids
 * are unique over all companies, because facts are told apart by them.
 */
function asTakenId(error: unknown, { table }: Pick<AnyAggregate, 'table'>): unknown {
  const { code, constraint } = (error as { driverError?: { code?: unknown; constraint?: unknown } }).driverError ?? {};
  const isTaken = code === '23505' && constraint === `${table}_pkey`;
  return isTaken ? new DomainError('CONFLICT', 'ID_TAKEN', { path: 'input.id' }) : error;
}

/**
 * Inserts new aggregates at version 1 in one statement, with the first entry of their history. The statement is sent and
 * not waited for: an id that is taken fails the transaction, at its commit at the latest.
 */
export async function insertAggregates<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  newRows: readonly Omit<Row, 'tenantId' | 'version' | 'createdAt'>[],
  note: ChangeNote,
): Promise<Row[]> {
  const { tenantId, now } = txScope(tx);
  const complete = newRows.map((row) => ({ ...row, tenantId, version: 1, createdAt: now }) as unknown as Row);
  if (complete.length === 0) return complete;
  addRows(tx, aggregate.entity, complete, (error) => asTakenId(error, aggregate));
  const tracked = trackedOf(tx);
  for (const row of complete)
    tracked.set(row.id, { table: aggregate.table, type: aggregate.type, saved: 1, published: 0 });
  recordChanges(
    tx,
    aggregate,
    complete.map((row) => ({ before: null, after: row })),
    note,
  );
  return complete;
}

/** Inserts a new aggregate at version 1. */
export async function insertAggregate<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Omit<Row, 'tenantId' | 'version' | 'createdAt'>,
  note: ChangeNote,
): Promise<Row> {
  const [inserted] = await insertAggregates(tx, aggregate, [row], note);
  return inserted as Row;
}

/** Writes the columns that differ, raises the version and keeps the difference in the history. */
export async function saveAggregate<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  before: Row,
  after: Row,
  note: ChangeNote,
): Promise<Row> {
  const [saved] = await saveAggregates(tx, aggregate, [{ before, after }], note);
  return saved as Row;
}

/** The same for several aggregates, each once, in one statement. */
export async function saveAggregates<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  pairs: readonly { before: Row; after: Row }[],
  note: ChangeNote,
): Promise<Row[]> {
  if (pairs.length === 0) return [];
  const tracked = trackedOf(tx);
  const { table, type } = aggregate;
  const steps = pairs.map(({ before, after }) => {
    const { saved: stored, published } = tracked.get(before.id) ?? { saved: before.version, published: before.version };
    const version = Math.max(stored, published) + 1;
    return {
      before,
      after: { ...after, version },
      stored,
      published: tracked.get(before.id)?.published ?? version - 1,
    };
  });
  const written = await updateRows(tx, aggregate, steps);
  if (written !== steps.length) throw new Error(`${type} was saved without its lock: load it with lockAggregate`);
  for (const { after, published } of steps) tracked.set(after.id, { table, type, saved: after.version, published });
  recordChanges(tx, aggregate, steps, note);
  return steps.map(({ after }) => after);
}

type Step<Row> = { before: Row; after: Row; stored: number };

/** Writes the columns that differ in any of the rows, where the database still has the stored version. */
function updateRows<Row extends AggregateRow>(
  tx: Tx,
  { entity }: Aggregate<Row>,
  steps: readonly Step<Row>[],
): Promise<number> {
  const changed = new Set(steps.flatMap(({ before, after }) => Object.keys(changedColumns(before, after))));
  return updateVersioned(tx, entity, changed, steps);
}

function changedColumns(before: AggregateRow, after: AggregateRow): Record<string, unknown> {
  const old = before as unknown as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(after).filter(
      ([key, value]) => key === 'version' || JSON.stringify(old[key]) !== JSON.stringify(value),
    ),
  );
}

/** The only way a fact leaves a service: into its outbox, in this transaction, as the aggregate's next version. */
export function publish<T>(
  tx: Tx,
  row: { id: string; communityId: string | null },
  definition: EventDefinition<T>,
  data: T,
): void {
  const tracked = trackedOf(tx).get(row.id);
  if (tracked === undefined) throw new Error(`${definition.type}: save the aggregate before publishing about it`);
  tracked.published += 1;
  recordEvent(tx, {
    definition,
    aggregateId: row.id,
    aggregateVersion: tracked.published,
    communityId: row.communityId,
    data,
  });
}
