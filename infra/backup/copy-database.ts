import { pipeline } from 'node:stream/promises';

import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

import { LaunchError } from '../embedded/launch-error.mjs';
import type { Say } from '../start/progress.ts';

type Table = { name: string; columns: string; rows: number };

const quoted = (identifier: string): string => pg.escapeIdentifier(identifier);

async function column<T>(client: pg.Client, sql: string, params: unknown[] = []): Promise<T[]> {
  const { rows } = await client.query<{ value: T }>(sql, params);
  return rows.map(({ value }) => value);
}

/** Tables with the columns that hold data of their own; what a column computes from others is not copied. */
async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select class.relname as name, greatest(class.reltuples, 0)::float8 as rows,
           string_agg(quote_ident(attribute.attname), ', ' order by attribute.attname) as columns
    from pg_class class
    join pg_attribute attribute on attribute.attrelid = class.oid
    where class.relnamespace = 'public'::regnamespace and class.relkind in ('r', 'p') and not class.relispartition
      and attribute.attnum > 0 and not attribute.attisdropped and attribute.attgenerated = ''
    group by class.relname, class.reltuples order by class.relname`);
  return rows;
}

function requireSameTables(source: readonly Table[], target: readonly Table[]): void {
  const of = (tables: readonly Table[]): string[] => tables.map(({ name, columns }) => `${name} (${columns})`);
  const there = new Set(of(target));
  const differing = of(source).filter((each) => !there.has(each));
  if (differing.length === 0 && source.length === target.length) return;
  const names = differing.map((each) => each.split(' ')[0]).join(', ') || 'more tables than it had';
  throw new LaunchError(
    `The database of that time has another schema than its migrations make now (${names}): ` +
      'restore with the release of Steward that was in use then.',
  );
}

const partitionsSql = `
  select class.relname as name, parent.relname as parent, pg_get_expr(class.relpartbound, class.oid) as bound,
         array(select pg_get_indexdef(indexrelid) from pg_index
               where indrelid = class.oid
                 and not exists (select 1 from pg_inherits where inhrelid = indexrelid)) as indexes
  from pg_class class
  join pg_inherits on inhrelid = class.oid
  join pg_class parent on parent.oid = inhparent
  where class.relispartition and class.relkind = 'r' and class.relnamespace = 'public'::regnamespace`;

type Partition = { name: string; parent: string; bound: string; indexes: string[] };

/** The months that the source has had and the fresh target has not. */
async function makePartitions(source: pg.Client, target: pg.Client): Promise<void> {
  const there = new Set((await target.query<Partition>(partitionsSql)).rows.map(({ name }) => name));
  const missing = (await source.query<Partition>(partitionsSql)).rows.filter(({ name }) => !there.has(name));
  for (const { name, parent, bound, indexes } of missing) {
    await target.query(`create table ${quoted(name)} (like ${quoted(parent)} including all)`);
    for (const index of indexes) await target.query(index);
    await target.query(`alter table ${quoted(name)} enable row level security`);
    await target.query(`alter table ${quoted(name)} force row level security`);
    const [owner] = await column<string>(target, `select tableowner as value from pg_tables where tablename = $1`, [
      parent,
    ]);
    await target.query(`alter table ${quoted(name)} owner to ${quoted(owner ?? 'steward')}`);
    await target.query(`alter table ${quoted(parent)} attach partition ${quoted(name)} ${bound}`);
  }
}

async function copyTable(source: pg.Client, target: pg.Client, { name, columns }: Table): Promise<number> {
  const reading = source.query(copyTo(`copy (select ${columns} from ${quoted(name)}) to stdout with (format binary)`));
  const writing = target.query(copyFrom(`copy ${quoted(name)} (${columns}) from stdin with (format binary)`));
  await pipeline(reading, writing);
  return writing.rowCount;
}

async function copySequences(source: pg.Client, target: pg.Client): Promise<void> {
  const names = await column<string>(
    source,
    `select relname as value from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`,
  );
  for (const name of names) {
    const { rows } = await source.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${quoted(name)}`,
    );
    await target.query('select setval($1::regclass, $2::bigint, $3)', [quoted(name), rows[0]?.last, rows[0]?.called]);
  }
}

/**
 * Copies all rows and the state of the sequences into a database whose schema was made by the same migrations, in one
 * transaction. Both sides as administrator: row-level security, triggers and foreign keys do not act, because the
 * rows have been through them. Answers how many rows it were.
 */
export async function copyDatabase(source: pg.Client, target: pg.Client, say: Say): Promise<number> {
  const tables = await tablesOf(source);
  requireSameTables(tables, await tablesOf(target));
  await makePartitions(source, target);
  await target.query('begin');
  await target.query('set local session_replication_role = replica');
  await target.query(`truncate ${tables.map(({ name }) => quoted(name)).join(', ')}`);
  let copied = 0;
  for (const table of tables) {
    if (table.rows > 100_000) say(`  copying ${table.name} (about ${table.rows} rows)`);
    copied += await copyTable(source, target, table);
  }
  await copySequences(source, target);
  await target.query('commit');
  await target.query('analyze');
  return copied;
}
