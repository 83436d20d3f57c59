import { rows, type Actor } from '@steward/db';

import { decodeCursor, encodeCursor, pageSize, toConnection, type Connection, type PageArgs } from './connection.ts';
import type { Context } from './context.ts';
import type { FieldChange } from './history.ts';

export type ActorKind = Actor['kind'];

export type ChangeRow = {
  id: string;
  aggregateType: string;
  at: Date;
  actorKind: ActorKind;
  actorId: string | null;
  action: string;
  reason: string | null;
  rule: string | null;
  version: number;
  fields: FieldChange[];
};

/** A field that not everybody who sees the object may see: the history says that it changed, not to what. */
function masked(ctx: Context, { aggregateType }: ChangeRow, field: FieldChange): FieldChange {
  if (!ctx.isGuarded(aggregateType, field.field)) return field;
  return { ...field, from: field.from === null ? null : '***', to: field.to === null ? null : '***' };
}

/** An aggregate's history, newest first. Whoever holds the aggregate has judged that the viewer may see it. */
export async function historyOf(ctx: Context, aggregateId: string, args: PageArgs): Promise<Connection<ChangeRow>> {
  const before = args.after == null ? null : decodeCursor(args.after)[1];
  const found = await ctx.read((tx) =>
    rows<ChangeRow>(
      tx,
      `select id::text, aggregate_type as "aggregateType", at, actor_kind as "actorKind", actor_id as "actorId", action, reason, rule, version, fields
         from change where aggregate_id = $1 and ($2::bigint is null or id < $2) order by change.id desc limit $3`,
      [aggregateId, before, pageSize(args) + 1],
    ),
  );
  const count = (): Promise<number> =>
    ctx.read(async (tx) => {
      const [row] = await rows<{ count: number }>(tx, 'select count(*) from change where aggregate_id = $1', [
        aggregateId,
      ]);
      return row?.count ?? 0;
    });
  const shown = found.map((change) => ({
    ...change,
    fields: change.fields.map((field) => masked(ctx, change, field)),
  }));
  return toConnection(shown, args, (change) => encodeCursor(change.at, change.id), count);
}
