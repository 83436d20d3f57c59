import { localDate } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { staffPostReferenceEntity, zonesOfCommunities } from '@steward/service-kit';

import type {
  OrganisationReference,
  PlaceReference,
  StaffPostReference,
  StaffReference,
} from '../domain/references.ts';
import { organisationReferenceEntity, staffReferenceEntity } from './reference-entities.ts';

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
