import { communityScope } from '@steward/service-kit';

import type { CommunityEventsContext } from '../db/loaders.ts';

/** A community that is asked for by name has to be within reach; what else is seen, the access table says. */
export function within<Filter extends { communityId?: string | null }>(
  ctx: CommunityEventsContext,
  filter: Filter | null | undefined,
): Filter | Record<string, never> {
  if (filter?.communityId != null) communityScope(ctx.viewer, filter.communityId);
  return filter ?? {};
}
