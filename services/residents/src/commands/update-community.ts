import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { communityUpdated } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { communityAggregate } from '../db/aggregates.ts';
import { communityFact } from '../domain/community-facts.ts';
import { descriptionViolations, requireCommunityAction } from '../domain/community-rules.ts';
import { withChanges } from '../domain/descriptive.ts';
import type { UpdateCommunityInput } from '../graphql/generated.ts';

export async function updateCommunity(tx: Tx, input: UpdateCommunityInput): Promise<{ id: string }> {
  const { name, address, builtAreaM2 } = input;
  const community = await lockAuthorized(tx, communityAggregate, input);
  requireCommunityAction(community, 'updateCommunity');
  refuseAll(descriptionViolations(input));
  const changed = withChanges(community, { name: name?.trim(), address: address?.trim() ?? address, builtAreaM2 });
  const saved = await saveAggregate(tx, communityAggregate, community, changed, { action: 'updateCommunity' });
  publish(tx, saved, communityUpdated, communityFact(saved));
  return { id: community.id };
}
