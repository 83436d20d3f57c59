import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { sealOptional, type Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { MoveIn, MoveInDefect } from '../domain/move-in.ts';
import type { MoveInFilter, MoveInOrder } from '../graphql/generated.ts';
import { moveInDefectEntity, moveInEntity, moveInPaperEntity } from './move-in-entities.ts';
import { holdsToday } from './visible-queries.ts';

export const moveInOrders: Record<MoveInOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  NUMBER: { property: 'number', direction: 'ASC' },
};

export function moveInQuery(tx: Tx, filter: MoveInFilter): SelectQueryBuilder<MoveIn> {
  const query = tx.createQueryBuilder(moveInEntity, 'm');
  if (filter.communityId != null) query.andWhere('m.community_id = :communityId', { communityId: filter.communityId });
  if (filter.householdId != null) query.andWhere('m.household_id = :householdId', { householdId: filter.householdId });
  if (filter.unitId != null) query.andWhere('m.unit_id = :unitId', { unitId: filter.unitId });
  if (filter.status != null) query.andWhere('m.status = any(:status)', { status: filter.status });
  return query;
}

/** Whether a household holds a unit today, by the calendar of its community. */
export async function holdsUnit(tx: Tx, householdId: string, unitId: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from household_holding t join household h on h.id = t.household_id join community c on c.id = h.community_id
      where t.household_id = $1 and t.unit_id = $2 and ${holdsToday('t', '$3')} limit 1`,
    [householdId, unitId, txScope(tx).now],
  );
  return found.length > 0;
}

/** Whether a move-in of the household into the unit is under way. */
export const isMovingIn = (tx: Tx, householdId: string, unitId: string): Promise<boolean> =>
  tx
    .createQueryBuilder(moveInEntity, 'm')
    .where(`m.household_id = :householdId and m.unit_id = :unitId and m.status not in ('CLOSED', 'CANCELLED')`, {
      householdId,
      unitId,
    })
    .getExists();

export async function insertMoveInPapers(
  tx: Tx,
  moveInId: string,
  papers: readonly { kindCode: string; documentId: string }[],
): Promise<void> {
  const { tenantId } = txScope(tx);
  const values = papers.map((paper) => ({ ...paper, id: newId(), tenantId, moveInId }));
  await tx.createQueryBuilder().insert().into(moveInPaperEntity).values(values).updateEntity(false).execute();
}

/** The kinds of paper that were handed in for a move-in. */
export async function paperKindsOf(tx: Tx, moveInId: string): Promise<string[]> {
  const found = await tx.findBy(moveInPaperEntity, { moveInId });
  return found.map(({ kindCode }) => kindCode);
}

/** The defects of a move-in in the order they were found. */
export const findMoveInDefects = (tx: Tx, moveInId: string): Promise<MoveInDefect[]> =>
  tx
    .createQueryBuilder(moveInDefectEntity, 'd')
    .where('d.moveInId = :moveInId', { moveInId })
    .orderBy('d.foundAt')
    .addOrderBy('d.id')
    .getMany();

export type NewDefect = Pick<MoveInDefect, 'itemCode' | 'tradeCode' | 'problemCode' | 'round'> & {
  note: string | null;
};

/** Keeps defects; what people wrote about them is sealed. */
export async function insertMoveInDefects(
  tx: Tx,
  moveInId: string,
  found: readonly NewDefect[],
): Promise<MoveInDefect[]> {
  const { tenantId, now } = txScope(tx);
  const defects = found.map(({ note, ...defect }): MoveInDefect => ({
    ...defect,
    id: newId(),
    tenantId,
    moveInId,
    noteSealed: sealOptional(tx, note?.trim() || null),
    foundAt: now,
    state: 'FOUND',
    workOrderId: null,
    recheckedAt: null,
  }));
  if (defects.length > 0) {
    await tx.createQueryBuilder().insert().into(moveInDefectEntity).values(defects).updateEntity(false).execute();
  }
  return defects;
}

export async function saveMoveInDefect(tx: Tx, { id, state, workOrderId, recheckedAt }: MoveInDefect): Promise<void> {
  await tx.update(moveInDefectEntity, { id }, { state, workOrderId, recheckedAt });
}

export const findMoveInDefect = (tx: Tx, id: string): Promise<MoveInDefect | null> =>
  tx.createQueryBuilder(moveInDefectEntity, 'd').where('d.id = :id', { id }).getOne();

/** The defect that a work order repairs. */
export const findDefectOfOrder = (tx: Tx, workOrderId: string): Promise<MoveInDefect | null> =>
  tx.createQueryBuilder(moveInDefectEntity, 'd').where('d.workOrderId = :workOrderId', { workOrderId }).getOne();
