import { rows, txScope, type Tx } from '@steward/db';
import { listBy, type Context, type Order } from '@steward/service-kit';
import { In } from 'typeorm';

import type { RentalMandate } from '../domain/rental-mandate.ts';
import type { UnitOwnership } from '../domain/rental-mandate-rules.ts';
import type { RentalMandateFilter, RentalMandateOrder } from '../graphql/generated.ts';
import { organisationEntity, placeEntity } from './entities.ts';
import { rentalMandateEntity } from './rental-mandate-entities.ts';
import { holdsToday } from './visible-queries.ts';

export const rentalMandateOrders: Record<RentalMandateOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  VALID_TO_ASC: { property: 'validTo', direction: 'ASC' },
};

export function rentalMandateQuery(tx: Tx, filter: RentalMandateFilter) {
  const query = tx.createQueryBuilder(rentalMandateEntity, 'm');
  if (filter.communityId != null) query.andWhere('m.community_id = :communityId', { communityId: filter.communityId });
  if (filter.unitId != null) query.andWhere('m.unit_id = :unitId', { unitId: filter.unitId });
  if (filter.householdId != null) query.andWhere('m.household_id = :householdId', { householdId: filter.householdId });
  if (filter.kind != null) query.andWhere('m.kind = any(:kind)', { kind: filter.kind });
  if (filter.status != null) query.andWhere('m.status = any(:status)', { status: filter.status });
  if (filter.isDevelopers != null) query.andWhere(`m.developer_id is ${filter.isDevelopers ? 'not null' : 'null'}`);
  return query;
}

type Asked = Pick<RentalMandate, 'communityId' | 'unitId' | 'developerId'>;

/** Whose the unit is today. */
export async function ownershipOf(tx: Tx, { communityId, unitId, developerId }: Asked): Promise<UnitOwnership> {
  const owners = await rows<{ id: string }>(
    tx,
    `select t.household_id as id
       from household_holding t join household h on h.id = t.household_id join community c on c.id = h.community_id
      where t.unit_id = $1 and t.tenure = 'OWNED' and ${holdsToday('t', '$2')}`,
    [unitId, txScope(tx).now],
  );
  const isUnit = await tx.existsBy(placeEntity, { id: unitId, communityId, kind: 'UNIT' });
  const isDeveloper =
    developerId !== null &&
    (await tx.existsBy(organisationEntity, { id: developerId, communityId, kind: 'DEVELOPER' }));
  return { isUnit, ownerIds: owners.map(({ id }) => id), isDeveloper };
}

/** Whether the unit is being let or sold already. */
export const isMandated = (tx: Tx, { unitId, kind }: Pick<RentalMandate, 'unitId' | 'kind'>): Promise<boolean> =>
  tx.existsBy(rentalMandateEntity, { unitId, kind, status: In(['DRAFT', 'ACTIVE']) });

export const insertViewing = (tx: Tx, mandateId: string, accessId: string): Promise<unknown> =>
  rows(
    tx,
    'insert into rental_mandate_viewing (tenant_id, rental_mandate_id, escorted_access_id) values ($1, $2, $3)',
    [txScope(tx).tenantId, mandateId, accessId],
  );

const viewings = `
  select v.rental_mandate_id as "mandateId", v.escorted_access_id as "accessId"
    from rental_mandate_viewing v join escorted_access e on e.id = v.escorted_access_id
   where v.rental_mandate_id = any($1::uuid[]) order by e.valid_from, e.id`;

export const rentalMandateLoaders = (ctx: Context) => ({
  viewingsOfMandate: listBy<{ mandateId: string; accessId: string }>(ctx, viewings, ({ mandateId }) => mandateId),
});
