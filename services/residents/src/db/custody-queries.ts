import { rows, type Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { Custody, CustodyPatrol } from '../domain/custody.ts';
import type { CustodyFilter, CustodyOrder } from '../graphql/generated.ts';
import { custodyEntity, custodyPatrolEntity } from './custody-entities.ts';

export const custodyOrders: Record<CustodyOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  NUMBER: { property: 'number', direction: 'ASC' },
};

/** Custodies as the filter says; whose they are is the list's to confine. */
export function custodyQuery(tx: Tx, filter: CustodyFilter, communities: string[] | null): SelectQueryBuilder<Custody> {
  const query = tx.createQueryBuilder(custodyEntity, 'k');
  if (communities !== null) query.andWhere('k.community_id = any(:communities)', { communities });
  if (filter.status != null) query.andWhere('k.status = any(:status)', { status: filter.status });
  if (filter.householdId != null) query.andWhere('k.household_id = :householdId', { householdId: filter.householdId });
  if (filter.unitId != null) query.andWhere('k.unit_id = :unitId', { unitId: filter.unitId });
  if (filter.isPatrolDue != null) {
    const due = `select 1 from custody_patrol p where p.custody_id = k.id and p.status = 'DUE'`;
    query.andWhere(`${filter.isPatrolDue ? '' : 'not '}exists (${due})`);
  }
  return query;
}

/** Whether somebody asked for the custody of a unit that is not over. */
export const isUnderCustody = async (tx: Tx, unitId: string): Promise<boolean> =>
  (await tx
    .createQueryBuilder(custodyEntity, 'k')
    .where(`k.unit_id = :unitId and k.status in ('REQUESTED', 'ACTIVE')`, { unitId })
    .getCount()) > 0;

export async function activeCustodyIds(tx: Tx, communityId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from custody where community_id = $1 and status = 'ACTIVE' order by id`,
    [communityId],
  );
  return found.map(({ id }) => id);
}

export const duePatrols = (tx: Tx, custodyId: string): Promise<CustodyPatrol[]> =>
  tx.find(custodyPatrolEntity, { where: { custodyId, status: 'DUE' }, order: { dueAt: 'ASC', id: 'ASC' } });
