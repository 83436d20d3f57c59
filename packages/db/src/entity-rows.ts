import type { EntitySchema, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

import { prepared, type Prepared } from './connection.ts';
import { dispatch, rows, type Tx } from './tx.ts';

type Entity<Row extends ObjectLiteral> = EntitySchema<Row>;

/** As PostgreSQL names the type of a column; the kinds of `column` are named alike. */
const typeOf = ({ type, isArray }: ColumnMetadata): string => `${String(type)}${isArray ? '[]' : ''}`;

type Value = (row: Record<string, unknown>) => unknown;
/** A column of a row source: its name and type in SQL, and what stands in it. */
type Source = { name: string; type: string; value: Value };

/** JSON has no bytes; PostgreSQL reads them in hexadecimal. */
const inJson = (value: unknown): unknown => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : (value ?? null));

const sourceOf = (column: ColumnMetadata): Source => ({
  name: column.databaseName,
  type: typeOf(column),
  value: (row) => inJson(row[column.propertyName]),
});

/**
 * A row source `v` over a JSON list in `$1`: one text however many rows there are, and the planner, which takes any such
 * list for a hundred rows, keeps its plan. Only the columns that are needed: a record of the table's type costs twice as
 * much.
 */
const fromJson = (sources: readonly Source[]): string =>
  `jsonb_to_recordset($1::jsonb) as v(${sources.map(({ name, type }) => `${name} ${type}`).join(', ')})`;

const asJson = (given: readonly unknown[], sources: readonly Source[]): string =>
  JSON.stringify(
    given.map((row) =>
      Object.fromEntries(sources.map(({ name, value }) => [name, value(row as Record<string, unknown>)])),
    ),
  );

type Table = { name: string; columns: ColumnMetadata[]; sources: Source[]; selected: string; insert: Prepared };

const tables = new WeakMap<object, Table>();

/** What is known of an entity's table, put together once. */
function tableOf(tx: Tx, entity: Entity<ObjectLiteral>): Table {
  const metadata = tx.connection.getMetadata(entity);
  const known = tables.get(metadata);
  if (known !== undefined) return known;
  const { tableName: name, columns } = metadata;
  const selected = columns.map((column) => `e.${column.databaseName} as "${column.propertyName}"`).join(', ');
  const sources = columns.map(sourceOf);
  const names = columns.map(({ databaseName }) => databaseName).join(', ');
  const insert = prepared(`insert into ${name} (${names}) select ${names} from ${fromJson(sources)}`);
  const table: Table = { name, columns, sources, selected: `select ${selected} from ${name} e`, insert };
  tables.set(metadata, table);
  return table;
}

/**
 * Rows of an entity; `rest` is what follows `from table e` and has few forms, because it is prepared. Costs a fraction of
 * what a query builder does.
 */
export function entityRows<Row extends ObjectLiteral>(
  tx: Tx,
  entity: Entity<Row>,
  rest: string,
  params: unknown[],
): Promise<Row[]> {
  return rows<Row>(tx, prepared(`${tableOf(tx, entity).selected} ${rest}`), params);
}

/** Adds rows to an entity's table without waiting for the answer (`dispatch`). */
export function addRows<Row extends ObjectLiteral>(
  tx: Tx,
  entity: Entity<Row>,
  added: readonly Row[],
  asRefusal?: (error: unknown) => unknown,
): void {
  if (added.length === 0) return;
  const { insert, sources } = tableOf(tx, entity);
  dispatch(tx, insert, [asJson(added, sources)], asRefusal);
}

/**
 * Writes columns of rows where the database still has the version that is given beside each; answers how many it found.
 * `changed` are names of properties.
 */
export async function updateVersioned<Row extends ObjectLiteral & { id: string }>(
  tx: Tx,
  entity: Entity<Row>,
  changed: ReadonlySet<string>,
  steps: readonly { after: Row; stored: number }[],
): Promise<number> {
  const { name, columns } = tableOf(tx, entity);
  const written = columns.filter(({ propertyName }) => changed.has(propertyName)).map(sourceOf);
  const set = written.map((column) => `${column.name} = v.${column.name}`).join(', ');
  const places: Source[] = [
    { name: 'row_id', type: 'uuid', value: ({ id }) => id },
    { name: 'stored_version', type: 'int', value: ({ stored_version: stored }) => stored },
  ];
  const source = [...places, ...written];
  const sql = `update ${name} t set ${set} from ${fromJson(source)}
    where t.id = v.row_id and t.version = v.stored_version returning t.id`;
  const values = steps.map((step) => ({ ...step.after, stored_version: step.stored }));
  return (await rows(tx, prepared(sql), [asJson(values, source)])).length;
}
