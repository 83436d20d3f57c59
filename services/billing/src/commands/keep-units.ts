import type { Tx } from '@steward/db';
import type { placeRegistered, StewardEvent } from '@steward/events';
import { keepLatest } from '@steward/service-kit';

import { markStale } from '../db/holder-change-queries.ts';
import { unitReferenceEntity } from '../db/reference-entities.ts';

type PlaceData = ReturnType<(typeof placeRegistered)['data']['parse']>;

/** Reaction: keeps where places are, what they are for and how large; runs that are not posted yet look at them again. */
export async function keepUnits(tx: Tx, events: readonly StewardEvent<PlaceData>[]): Promise<void> {
  const units = events.map(({ tenantid: tenantId, data }) => {
    const { placeId: id, communityId, kind, path, usage, areaM2, deliveredOn } = data;
    const buildingPath = path.split('/')[0] ?? path;
    return { id, tenantId, communityId, kind, path, buildingPath, usage, areaM2, deliveredOn };
  });
  await keepLatest(tx, unitReferenceEntity, units);
  for (const [communityId, together] of Map.groupBy(units, (unit) => unit.communityId)) {
    const ids = together.filter(({ kind }) => kind === 'UNIT').map(({ id }) => id);
    if (ids.length > 0) await markStale(tx, communityId, [...new Set(ids)]);
  }
}
