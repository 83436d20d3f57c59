import type { Tx } from '@steward/db';
import { communityUpdated } from '@steward/events';
import { authorize, lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { communityAggregate } from '../db/aggregates.ts';
import { requireManaged } from '../domain/community-rules.ts';
import { communityFact } from '../domain/facts.ts';
import type { LeaveCommunityInput } from '../graphql/generated.ts';

export async function leaveCommunity(tx: Tx, input: LeaveCommunityInput): Promise<{ id: string }> {
  const community = await lockAggregate(tx, communityAggregate, input.id, input.expectedVersion);
  await authorize(tx, communityAggregate.subject(community));
  requireManaged(community, 'leaveCommunity');
  const left = { ...community, status: 'LEFT' as const };
  const saved = await saveAggregate(tx, communityAggregate, community, left, { action: 'leaveCommunity' });
  publish(tx, saved, communityUpdated, communityFact(saved));
  return { id: saved.id };
}
