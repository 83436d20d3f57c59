import type { Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { MoveOut } from '../domain/move-out.ts';
import type { MoveOutFilter, MoveOutOrder } from '../graphql/generated.ts';
import { moveOutEntity } from './move-out-entities.ts';

export const moveOutOrders: Record<MoveOutOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
};

export function moveOutQuery(tx: Tx, filter: MoveOutFilter): SelectQueryBuilder<MoveOut> {
  const query = tx.createQueryBuilder(moveOutEntity, 'm');
  if (filter.communityId != null) query.andWhere('m.community_id = :communityId', { communityId: filter.communityId });
  if (filter.householdId != null) query.andWhere('m.household_id = :householdId', { householdId: filter.householdId });
  if (filter.status != null) query.andWhere('m.status = any(:status)', { status: filter.status });
  return query;
}

/** Whether the household is leaving what it holds already. */
export const isMovingOut = (tx: Tx, holdingId: string): Promise<boolean> =>
  tx.existsBy(moveOutEntity, { holdingId, status: 'OPEN' });
