import type { Tx } from '@steward/db';
import type { EntitySchema, EntityTarget, ObjectLiteral } from 'typeorm';

/** Writes references by one statement; of several of the same id, which come in the order of their facts, the last. */
export async function keepLatest<Row extends ObjectLiteral & { id: string }>(
  tx: Tx,
  entity: EntityTarget<Row> | EntitySchema<Row>,
  rows: readonly Row[],
): Promise<void> {
  const latest = new Map(rows.map((row) => [row.id, row]));
  if (latest.size > 0) await tx.upsert(entity, [...latest.values()], { conflictPaths: ['id'] });
}
