import type { Tx } from '@steward/db';
import type { placeRegistered, StewardEvent } from '@steward/events';
import { keepLatest } from '@steward/service-kit';

import { placeReferenceEntity } from '../db/reference-entities.ts';

type PlaceData = ReturnType<(typeof placeRegistered)['data']['parse']>;

/** Reaction: keeps where places are. */
export async function keepPlaces(tx: Tx, events: readonly StewardEvent<PlaceData>[]): Promise<void> {
  const places = events.map(({ tenantid: tenantId, data: { placeId: id, communityId, kind, path } }) => {
    return { id, tenantId, communityId, kind, path };
  });
  await keepLatest(tx, placeReferenceEntity, places);
}
