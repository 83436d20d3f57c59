import type { Tx } from '@steward/db';
import type { communityRegistered, StewardEvent } from '@steward/events';

import { communityReferenceEntity } from '../db/reference-entities.ts';

type CommunityData = ReturnType<(typeof communityRegistered)['data']['parse']>;

/** Reaction: keeps a community's zone and currency, and whether it is still managed. */
export async function keepCommunity(tx: Tx, event: StewardEvent<CommunityData>): Promise<void> {
  const { communityId, timeZone, currency, status } = event.data;
  const reference = { id: communityId, tenantId: event.tenantid, timeZone, currency, status };
  await tx.upsert(communityReferenceEntity, reference, { conflictPaths: ['id'] });
}
