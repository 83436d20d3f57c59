import { byId, type Context } from '@steward/service-kit';

import { moveOutEntity } from './move-out-entities.ts';

export const moveOutLoaders = (ctx: Context) => ({ moveOut: byId(ctx, moveOutEntity) });
