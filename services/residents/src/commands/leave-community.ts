import type { Tx } from '@steward/db';
import { communityUpdated } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { communityAggregate } from '../db/aggregates.ts';
import { communityFact } from '../domain/community-facts.ts';
import { leave } from '../domain/community-rules.ts';
import type { LeaveCommunityInput } from '../graphql/generated.ts';

export async function leaveCommunity(tx: Tx, input: LeaveCommunityInput): Promise<{ id: string }> {
  const community = await lockAuthorized(tx, communityAggregate, input);
  const saved = await saveAggregate(tx, communityAggregate, community, leave(community), { action: 'leaveCommunity' });
  publish(tx, saved, communityUpdated, communityFact(saved));
  return { id: community.id };
}
