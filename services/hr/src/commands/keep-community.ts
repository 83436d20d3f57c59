import type { Tx } from '@steward/db';
import type { communityRegistered, StewardEvent } from '@steward/events';

import { communityReferenceEntity } from '../db/entities.ts';

type CommunityData = ReturnType<(typeof communityRegistered)['data']['parse']>;

/** Reaction: keeps what hr needs of a community, its zone and whether it is still managed. */
export async function keepCommunity(tx: Tx, event: StewardEvent<CommunityData>): Promise<void> {
  const { communityId, timeZone, status } = event.data;
  const reference = { id: communityId, tenantId: event.tenantid, timeZone, status };
  await tx.upsert(communityReferenceEntity, reference, { conflictPaths: ['id'] });
}
