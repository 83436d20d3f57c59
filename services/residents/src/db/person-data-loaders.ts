import { byId, type Context } from '@steward/service-kit';

import { personErasureEntity } from './person-erasure-entities.ts';
import { timelineLoaders } from './timeline-loaders.ts';

export const personDataLoaders = (ctx: Context) => ({
  personErasure: byId(ctx, personErasureEntity),
  ...timelineLoaders(ctx),
});
