import type { Tx } from '@steward/db';
import type { placeRegistered, StewardEvent } from '@steward/events';

import { placeReferenceEntity } from '../db/reference-entities.ts';

type PlaceData = ReturnType<(typeof placeRegistered)['data']['parse']>;

/** Reaction: keeps where a place is and what its warranty hangs on. */
export async function keepPlace(tx: Tx, event: StewardEvent<PlaceData>): Promise<void> {
  const { placeId, communityId, parentId, kind, path, warrantyFrom, designLifeYears } = event.data;
  const place = { id: placeId, tenantId: event.tenantid, communityId, parentId, kind, path };
  await tx.upsert(placeReferenceEntity, { ...place, warrantyFrom, designLifeYears }, { conflictPaths: ['id'] });
}
