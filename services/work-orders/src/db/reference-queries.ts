import { DomainError, localDate } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { zonesOfCommunities } from '@steward/service-kit';

import type {
  CommunityReference,
  OrganisationReference,
  PlaceReference,
  StaffPostReference,
  StaffReference,
} from '../domain/references.ts';
import {
  communityReferenceEntity,
  organisationReferenceEntity,
  staffPostReferenceEntity,
  staffReferenceEntity,
} from './reference-entities.ts';

/** The community an aggregate belongs to; COMMUNITY_UNKNOWN until residents has told of it. */
export async function communityOf(tx: Tx, communityId: string): Promise<CommunityReference> {
  const found = await tx
    .createQueryBuilder(communityReferenceEntity, 'c')
    .where('c.id = :communityId', { communityId })
    .getOne();
  if (found === null || found.status === 'LEFT') {
    throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  }
  return found;
}

/** The time zone of a community that has orders, managed or not. */
export const zoneOf = async (tx: Tx, communityId: string): Promise<string> =>
  (await zonesOf(tx, [{ communityId }]))(communityId);

/** The time zones of the communities of orders, in one statement. */
export async function zonesOf(
  tx: Tx,
  orders: readonly { communityId: string }[],
): Promise<(communityId: string) => string> {
  const zones = await zonesOfCommunities(tx, [...new Set(orders.map(({ communityId }) => communityId))]);
  return (communityId) => {
    const zone = zones.get(communityId);
    if (zone === undefined) throw new Error('an aggregate belongs to a community that is not known');
    return zone;
  };
}

/** Today in a zone. */
export const today = (tx: Tx, zone: string): string => localDate(txScope(tx).now, zone);

/** Places with the building they stand in, which is the first part of their path; warranties may stand there. */
export async function findPlaces(tx: Tx, ids: readonly string[]): Promise<Map<string, PlaceReference>> {
  const found = await rows<PlaceReference>(
    tx,
    `select p.id, p.tenant_id as "tenantId", p.community_id as "communityId", p.parent_id as "parentId",
            b.id as "buildingId", p.kind, p.path, coalesce(p.warranty_from, b.warranty_from) as "warrantyFrom",
            coalesce(p.design_life_years, b.design_life_years) as "designLifeYears"
       from place_reference p
       left join place_reference b
         on b.community_id = p.community_id and b.path = split_part(p.path, '/', 1) and b.kind = 'BUILDING'
      where p.id = any($1::uuid[])`,
    [ids],
  );
  return new Map(found.map((place) => [place.id, place]));
}

export const findPlace = async (tx: Tx, id: string): Promise<PlaceReference | undefined> =>
  (await findPlaces(tx, [id])).get(id);

/** Within the days of a row, on the day that `$2` is in the zone of community `c`. */
const heldToday = (row: string): string => `${row}.valid_from <= ($2::timestamptz at time zone c.time_zone)::date
  and (${row}.valid_to is null or ${row}.valid_to > ($2::timestamptz at time zone c.time_zone)::date)`;

/** Households that hold a unit today, by the calendar of its community. */
export async function holdersOf(tx: Tx, unitId: string): Promise<string[]> {
  const found = await rows<{ householdId: string }>(
    tx,
    `select distinct u.household_id as "householdId"
       from household_unit u
       join household_reference h on h.id = u.household_id
       join community_reference c on c.id = h.community_id
      where u.unit_id = $1 and ${heldToday('u')}`,
    [unitId, txScope(tx).now],
  );
  return found.map(({ householdId }) => householdId);
}

/** A person's households at an instant, each judged by the day in its own community. */
export async function householdsOf(tx: Tx, personId: string, at: Date): Promise<string[]> {
  const found = await rows<{ householdId: string }>(
    tx,
    `select distinct m.household_id as "householdId"
       from household_member m
       join household_reference h on h.id = m.household_id
       join community_reference c on c.id = h.community_id
      where m.person_id = $1 and ${heldToday('m')}`,
    [personId, at],
  );
  return found.map(({ householdId }) => householdId);
}

/** A member of staff with their posts; null if hr has not told of them. */
export async function findFitter(
  tx: Tx,
  staffId: string,
): Promise<{ staff: StaffReference; posts: StaffPostReference[] } | null> {
  const staff = await tx.createQueryBuilder(staffReferenceEntity, 's').where('s.id = :staffId', { staffId }).getOne();
  if (staff === null) return null;
  const posts = await tx
    .createQueryBuilder(staffPostReferenceEntity, 'p')
    .where('p.staffId = :staffId', { staffId })
    .getMany();
  return { staff, posts };
}

export const findOrganisation = (tx: Tx, id: string): Promise<OrganisationReference | null> =>
  tx.createQueryBuilder(organisationReferenceEntity, 'o').where('o.id = :id', { id }).getOne();
