import type { Tx } from '@steward/db';
import { listBy, type Context, type Order } from '@steward/service-kit';

import type { BroadcastRun } from '../domain/broadcast-script.ts';
import type { BroadcastScriptFilter, BroadcastScriptOrder } from '../graphql/generated.ts';
import { broadcastRunEntity, broadcastScriptEntity } from './broadcast-script-entities.ts';

export const broadcastScriptOrders: Record<BroadcastScriptOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
};

export function broadcastScriptQuery(tx: Tx, filter: BroadcastScriptFilter) {
  const query = tx.createQueryBuilder(broadcastScriptEntity, 'b');
  if (filter.communityId != null) query.andWhere('b.community_id = :communityId', { communityId: filter.communityId });
  if (filter.kind != null) query.andWhere('b.kind = any(:kind)', { kind: filter.kind });
  if (filter.status != null) query.andWhere('b.status = any(:status)', { status: filter.status });
  return query;
}

/** The time at which a script is to be read out and was not yet. */
export const dueRunOf = (tx: Tx, scriptId: string): Promise<BroadcastRun | null> =>
  tx.findOneBy(broadcastRunEntity, { scriptId, status: 'DUE' });

const runs = `
  select r.id, r.tenant_id as "tenantId", r.script_id as "scriptId", r.due_at as "dueAt", r.status,
         r.read_at as "readAt", r.read_by_id as "readById"
    from unnest($1::uuid[]) as s(id)
   cross join lateral (select * from broadcast_run where script_id = s.id order by due_at desc limit 100) r
   order by r.due_at desc`;

export const broadcastLoaders = (ctx: Context) => ({
  runsOfScript: listBy<BroadcastRun>(ctx, runs, ({ scriptId }) => scriptId),
});
