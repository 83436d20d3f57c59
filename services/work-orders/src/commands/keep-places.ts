import type { Tx } from '@steward/db';
import type { placeRegistered, StewardEvent } from '@steward/events';
import { keepLatest } from '@steward/service-kit';

import { placeReferenceEntity } from '../db/reference-entities.ts';

type PlaceData = ReturnType<(typeof placeRegistered)['data']['parse']>;

/** Reaction: keeps where places are and what their warranty hangs on. */
export async function keepPlaces(tx: Tx, events: readonly StewardEvent<PlaceData>[]): Promise<void> {
  const places = events.map(({ tenantid: tenantId, data }) => {
    const { placeId: id, communityId, parentId, kind, path, warrantyFrom, designLifeYears } = data;
    return { id, tenantId, communityId, parentId, kind, path, warrantyFrom, designLifeYears };
  });
  await keepLatest(tx, placeReferenceEntity, places);
}
