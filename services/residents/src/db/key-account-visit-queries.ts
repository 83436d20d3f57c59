import type { Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';

import type { KeyAccountVisit } from '../domain/key-account-visit.ts';
import type { KeyAccountVisitFilter, KeyAccountVisitOrder } from '../graphql/generated.ts';
import { keyAccountVisitEntity } from './key-account-visit-entities.ts';

export const keyAccountVisitOrders: Record<KeyAccountVisitOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  DUE_ON_ASC: { property: 'dueOn', direction: 'ASC' },
};

export function keyAccountVisitQuery(tx: Tx, filter: KeyAccountVisitFilter) {
  const query = tx.createQueryBuilder(keyAccountVisitEntity, 'v');
  if (filter.communityId != null) query.andWhere('v.community_id = :communityId', { communityId: filter.communityId });
  if (filter.householdId != null) query.andWhere('v.household_id = :householdId', { householdId: filter.householdId });
  if (filter.status != null) query.andWhere('v.status = any(:status)', { status: filter.status });
  return query;
}

/** The visit of a household that is to be made; null if none is. */
export const dueVisitOf = (tx: Tx, householdId: string): Promise<KeyAccountVisit | null> =>
  tx.findOneBy(keyAccountVisitEntity, { householdId, status: 'DUE' });

/** The oldest visit of a household whose complaint is not entered yet. */
export const visitAwaitingComplaint = (tx: Tx, householdId: string): Promise<KeyAccountVisit | null> =>
  tx.findOne(keyAccountVisitEntity, {
    where: { householdId, status: 'COMPLAINT_AWAITED' },
    order: { createdAt: 'ASC', id: 'ASC' },
  });
