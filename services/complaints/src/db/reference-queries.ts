import { localDate } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { zoneOf } from '@steward/service-kit';

import type { PlaceReference } from '../domain/references.ts';

/** Today in a community. */
export const todayIn = async (tx: Tx, communityId: string): Promise<string> =>
  localDate(txScope(tx).now, await zoneOf(tx, communityId));

/** Places with the building they stand in, which is the first part of their path. */
export async function findPlaces(tx: Tx, ids: readonly string[]): Promise<Map<string, PlaceReference>> {
  const found = await rows<PlaceReference>(
    tx,
    `select p.id, p.tenant_id as "tenantId", p.community_id as "communityId", b.id as "buildingId", p.kind, p.path
       from place_reference p
       left join place_reference b
         on b.community_id = p.community_id and b.path = split_part(p.path, '/', 1) and b.kind = 'BUILDING'
      where p.id = any($1::uuid[])`,
    [ids],
  );
  return new Map(found.map((place) => [place.id, place]));
}

export const findPlace = async (tx: Tx, id: string | null | undefined): Promise<PlaceReference | undefined> =>
  id == null ? undefined : (await findPlaces(tx, [id])).get(id);
