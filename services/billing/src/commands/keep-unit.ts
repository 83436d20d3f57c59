import type { Tx } from '@steward/db';
import type { placeRegistered, StewardEvent } from '@steward/events';

import { unitReferenceEntity } from '../db/reference-entities.ts';

type PlaceData = ReturnType<(typeof placeRegistered)['data']['parse']>;

/** Reaction: keeps where a place is, what it is for and how large. */
export async function keepUnit(tx: Tx, event: StewardEvent<PlaceData>): Promise<void> {
  const { placeId, communityId, kind, path, usage, areaM2, deliveredOn } = event.data;
  const buildingPath = path.split('/')[0] ?? path;
  const unit = { id: placeId, tenantId: event.tenantid, communityId, kind, path, buildingPath, usage, areaM2 };
  await tx.upsert(unitReferenceEntity, { ...unit, deliveredOn }, { conflictPaths: ['id'] });
}
