import type { Tx } from '@steward/db';
import type { placeRegistered, StewardEvent } from '@steward/events';
import { keepLatest } from '@steward/service-kit';

import { unitReferenceEntity } from '../db/reference-entities.ts';

type PlaceData = ReturnType<(typeof placeRegistered)['data']['parse']>;

/** Reaction: keeps where places are, what they are for and how large. */
export async function keepUnits(tx: Tx, events: readonly StewardEvent<PlaceData>[]): Promise<void> {
  const units = events.map(({ tenantid: tenantId, data }) => {
    const { placeId: id, communityId, kind, path, usage, areaM2, deliveredOn } = data;
    const buildingPath = path.split('/')[0] ?? path;
    return { id, tenantId, communityId, kind, path, buildingPath, usage, areaM2, deliveredOn };
  });
  await keepLatest(tx, unitReferenceEntity, units);
}
