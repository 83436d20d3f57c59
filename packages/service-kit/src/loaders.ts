import { entityRows, rows, type Tx } from '@steward/db';
import DataLoader from 'dataloader';
import type { EntitySchema, ObjectLiteral } from 'typeorm';

import type { Context } from './context.ts';

/** A loader whose batches are one read transaction each. */
export const loader = <K, V>(
  ctx: Context,
  batch: (tx: Tx, keys: readonly K[]) => Promise<(V | null)[]>,
): DataLoader<K, V | null> => new DataLoader<K, V | null>((keys) => ctx.read((tx) => batch(tx, keys)));

export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Rows by id; null for what is absent in this tenant. */
export const byId = <Row extends ObjectLiteral & { id: string }>(
  ctx: Context,
  entity: EntitySchema<Row>,
): DataLoader<string, Row | null> =>
  loader<string, Row>(ctx, async (tx, ids) => {
    // A text that is no id names nothing; it must not spoil the batch for its neighbours.
    const wanted = ids.filter((id) => uuid.test(id));
    const found = await entityRows(tx, entity, 'where e.id = any($1::uuid[])', [wanted]);
    const index = new Map(found.map((row) => [row.id, row]));
    return ids.map((id) => index.get(id) ?? null);
  });

/** Lists of rows by a key of theirs, from SQL that takes the keys as `$1` and answers in order. */
export const listBy = <Row>(ctx: Context, sql: string, keyOf: (row: Row) => string): DataLoader<string, Row[]> =>
  new DataLoader<string, Row[]>((keys) =>
    ctx.read(async (tx) => {
      const index = new Map<string, Row[]>(keys.map((key) => [key, []]));
      for (const row of await rows<Row>(tx, sql, [keys])) index.get(keyOf(row))?.push(row);
      return keys.map((key) => index.get(key) ?? []);
    }),
  );
