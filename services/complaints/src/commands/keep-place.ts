import type { Tx } from '@steward/db';
import type { placeRegistered, StewardEvent } from '@steward/events';

import { placeReferenceEntity } from '../db/reference-entities.ts';

type PlaceData = ReturnType<(typeof placeRegistered)['data']['parse']>;

/** Reaction: keeps where a place is. */
export async function keepPlace(tx: Tx, event: StewardEvent<PlaceData>): Promise<void> {
  const { placeId, communityId, kind, path } = event.data;
  const place = { id: placeId, tenantId: event.tenantid, communityId, kind, path };
  await tx.upsert(placeReferenceEntity, place, { conflictPaths: ['id'] });
}
