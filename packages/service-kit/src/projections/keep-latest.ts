import { rows as run, type Tx } from '@steward/db';
import type { EntitySchema } from 'typeorm';

/**
 * Writes references by one statement, whatever their number; of several of the same id, which come in the order of their
 * facts, the last. Columns that the rows do not name stay as they are.
 */
export async function keepLatest<Row extends { id: string }>(
  tx: Tx,
  entity: EntitySchema<Row>,
  rows: readonly Row[],
): Promise<void> {
  const latest: Record<string, unknown>[] = [...new Map(rows.map((row) => [row.id, { ...row }])).values()];
  const [first] = latest;
  if (first === undefined) return;
  const metadata = tx.connection.getMetadata(entity);
  const columns = metadata.columns.filter(({ propertyName }) => propertyName in first);
  const values = latest.map((row) =>
    Object.fromEntries(columns.map(({ propertyName, databaseName }) => [databaseName, row[propertyName] ?? null])),
  );
  const names = columns.map(({ databaseName }) => databaseName);
  const updates = names.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`);
  await run(
    tx,
    `insert into ${metadata.tableName} (${names.join(', ')})
     select ${names.join(', ')} from jsonb_populate_recordset(null::${metadata.tableName}, $1::jsonb)
     on conflict (id) do update set ${updates.join(', ')}`,
    [JSON.stringify(values)],
  );
}
