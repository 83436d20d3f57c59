import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { sealOptional, type Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { Takeover, TakeoverDefect } from '../domain/takeover.ts';
import type { TakeoverFilter, TakeoverOrder } from '../graphql/generated.ts';
import { takeoverDefectEntity, takeoverEntity } from './takeover-entities.ts';

export const takeoverOrders: Record<TakeoverOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
};

export function takeoverQuery(tx: Tx, filter: TakeoverFilter): SelectQueryBuilder<Takeover> {
  const query = tx.createQueryBuilder(takeoverEntity, 't');
  if (filter.communityId != null) query.andWhere('t.community_id = :communityId', { communityId: filter.communityId });
  if (filter.status != null) query.andWhere('t.status = any(:status)', { status: filter.status });
  return query;
}

/** Whether the takeover of a place is under way. */
export const isTakenOver = (tx: Tx, placeId: string): Promise<boolean> =>
  tx
    .createQueryBuilder(takeoverEntity, 't')
    .where(`t.place_id = :placeId and t.status <> 'CLOSED'`, { placeId })
    .getExists();

/** Items of an aggregate's form that have no result yet. */
export async function uncheckedItems(tx: Tx, aggregateId: string): Promise<string[]> {
  const found = await rows<{ code: string }>(
    tx,
    'select code from checklist_item where aggregate_id = $1 and result is null order by id',
    [aggregateId],
  );
  return found.map(({ code }) => code);
}

type Found = Pick<TakeoverDefect, 'itemCode' | 'tradeCode' | 'problemCode'> & { note: string | null };

export async function insertTakeoverDefects(
  tx: Tx,
  takeoverId: string,
  found: readonly Found[],
): Promise<TakeoverDefect[]> {
  const { tenantId, now } = txScope(tx);
  const defects = found.map(({ note, ...defect }): TakeoverDefect => {
    const noteSealed = sealOptional(tx, note?.trim() || null);
    const notYet = { state: 'FOUND', workOrderId: null, recheckedAt: null } as const;
    return { ...defect, ...notYet, id: newId(), tenantId, takeoverId, noteSealed, foundAt: now };
  });
  if (defects.length > 0) {
    await tx.createQueryBuilder().insert().into(takeoverDefectEntity).values(defects).updateEntity(false).execute();
  }
  return defects;
}

export const findTakeoverDefects = (tx: Tx, takeoverId: string): Promise<TakeoverDefect[]> =>
  tx.find(takeoverDefectEntity, { where: { takeoverId }, order: { foundAt: 'ASC', id: 'ASC' } });

export const findTakeoverDefect = (
  tx: Tx,
  by: { id: string } | { workOrderId: string },
): Promise<TakeoverDefect | null> => tx.findOneBy(takeoverDefectEntity, by);

export async function saveTakeoverDefect(tx: Tx, defect: TakeoverDefect): Promise<void> {
  const { id, state, workOrderId, recheckedAt } = defect;
  await tx.update(takeoverDefectEntity, { id }, { state, workOrderId, recheckedAt });
}
