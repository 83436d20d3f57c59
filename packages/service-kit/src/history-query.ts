import { rows, type Actor } from '@steward/db';
import DataLoader from 'dataloader';

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

/** A reason is a code, or words that are opened for whoever may read the history. */
type Stored = ChangeRow & { aggregateId: string; reasonSealed: string | null };

const page = `
  select c.id::text, c.aggregate_id as "aggregateId", c.aggregate_type as "aggregateType", c.at,
         c.actor_kind as "actorKind", c.actor_id as "actorId", c.action, c.reason,
         c.reason_sealed as "reasonSealed", c.rule, c.version, c.fields
    from unnest($1::uuid[]) as wanted(id)
   cross join lateral (
     select * from change
      where aggregate_id = wanted.id and ($2::bigint is null or change.id < $2)
      order by change.id desc limit $3) c`;

type Histories = { page: DataLoader<string, Stored[]>; count: DataLoader<string, number> };

/** Per request and page, so that a list of a hundred aggregates reads their histories in one statement. */
const historiesOf = new WeakMap<Context, Map<string, Histories>>();

/** After a command what was read before it is out of date. */
export const forgetHistories = (ctx: Context): void => void historiesOf.delete(ctx);

function histories(ctx: Context, before: string | null, size: number): Histories {
  const known = historiesOf.get(ctx) ?? new Map<string, Histories>();
  historiesOf.set(ctx, known);
  const key = `${before ?? ''}/${size}`;
  const existing = known.get(key);
  if (existing !== undefined) return existing;
  const fresh: Histories = {
    page: new DataLoader((ids) =>
      ctx.read(async (tx) => {
        const found = await rows<Stored>(tx, page, [ids, before, size + 1]);
        return ids.map((id) => found.filter(({ aggregateId }) => aggregateId === id));
      }),
    ),
    count: new DataLoader((ids) =>
      ctx.read(async (tx) => {
        const sql = 'select aggregate_id as id, count(*) from change where aggregate_id = any($1::uuid[]) group by 1';
        const counts = new Map(
          (await rows<{ id: string; count: number }>(tx, sql, [ids])).map((row) => [row.id, row.count]),
        );
        return ids.map((id) => counts.get(id) ?? 0);
      }),
    ),
  };
  known.set(key, fresh);
  return fresh;
}

/** An aggregate's history, newest first. Whoever holds the aggregate has judged that the viewer may see it. */
export async function historyOf(ctx: Context, aggregateId: string, args: PageArgs): Promise<Connection<ChangeRow>> {
  const before = args.after == null ? null : decodeCursor(args.after)[1];
  const { page: pages, count } = histories(ctx, before, pageSize(args));
  const found = await pages.load(aggregateId);
  const shown = found.map(({ reasonSealed, ...change }) => ({
    ...change,
    reason: reasonSealed === null ? change.reason : ctx.open(reasonSealed),
    fields: change.fields.map((field) => masked(ctx, change, field)),
  }));
  return toConnection(
    shown,
    args,
    (change) => encodeCursor(change.at, change.id),
    () => count.load(aggregateId),
  );
}
