import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { communityUpdated } from '@steward/events';
import { authorize, lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { communityAggregate } from '../db/aggregates.ts';
import { areaViolations, requireManaged } from '../domain/community-rules.ts';
import { contactViolations } from '../domain/contact-rules.ts';
import { communityFact } from '../domain/facts.ts';
import type { UpdateCommunityInput } from '../graphql/generated.ts';

export async function updateCommunity(tx: Tx, input: UpdateCommunityInput): Promise<{ id: string }> {
  const community = await lockAggregate(tx, communityAggregate, input.id, input.expectedVersion);
  await authorize(tx, communityAggregate.subject(community));
  requireManaged(community, 'updateCommunity');
  refuseAll([
    ...contactViolations({ name: input.name }, 'input'),
    ...areaViolations(input.builtAreaM2, 'input.builtAreaM2'),
  ]);
  const changed = {
    ...community,
    name: input.name?.trim() ?? community.name,
    address: input.address === undefined ? community.address : (input.address?.trim() ?? null),
    builtAreaM2: input.builtAreaM2 === undefined ? community.builtAreaM2 : input.builtAreaM2,
  };
  const saved = await saveAggregate(tx, communityAggregate, community, changed, { action: 'updateCommunity' });
  publish(tx, saved, communityUpdated, communityFact(saved));
  return { id: saved.id };
}
