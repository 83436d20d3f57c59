import { localDate } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { findCommunityReference } from '@steward/service-kit';

import type { PlaceReference } from '../domain/references.ts';

/** The time zone of a community that has complaints, managed or not. */
export async function zoneOf(tx: Tx, communityId: string): Promise<string> {
  const found = await findCommunityReference(tx, communityId);
  if (found === null) throw new Error('an aggregate belongs to a community that is not known');
  return found.timeZone;
}

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

/** Households that hold a unit today, by the calendar of its community. */
export async function holdersOf(tx: Tx, unitId: string | null | undefined): Promise<string[]> {
  if (unitId == null) return [];
  const found = await rows<{ householdId: string }>(
    tx,
    `select distinct u.household_id as "householdId"
       from household_unit u
       join household_reference h on h.id = u.household_id
       join community_reference c on c.id = h.community_id
      cross join lateral (select ($2::timestamptz at time zone c.time_zone)::date as day) today
      where u.unit_id = $1 and u.valid_from <= today.day and (u.valid_to is null or u.valid_to > today.day)`,
    [unitId, txScope(tx).now],
  );
  return found.map(({ householdId }) => householdId);
}

export async function isHouseholdOf(tx: Tx, householdId: string, communityId: string): Promise<boolean> {
  const found = await rows(tx, 'select 1 from household_reference where id = $1 and community_id = $2', [
    householdId,
    communityId,
  ]);
  return found.length > 0;
}
