import { byId, listBy, type Context } from '@steward/service-kit';

import type { TakeoverDefect } from '../domain/takeover.ts';
import { takeoverEntity } from './takeover-entities.ts';

const defectsOf = `
  select id, tenant_id as "tenantId", takeover_id as "takeoverId", item_code as "itemCode", trade_code as "tradeCode",
         problem_code as "problemCode", note_sealed as "noteSealed", found_at as "foundAt", state,
         work_order_id as "workOrderId", rechecked_at as "recheckedAt"
    from takeover_defect where takeover_id = any($1::uuid[]) order by found_at, id`;

export const takeoverLoaders = (ctx: Context) => ({
  takeover: byId(ctx, takeoverEntity),
  takeoverDefects: listBy<TakeoverDefect>(ctx, defectsOf, ({ takeoverId }) => takeoverId),
});
