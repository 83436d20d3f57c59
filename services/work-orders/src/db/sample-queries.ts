import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';

import type { WorkOrderSampleEntry } from '../domain/review.ts';
import { workOrderSampleEntity, workOrderSampleEntryEntity } from './review-entities.ts';

/** The orders of a sample. */
export const entriesOf = (tx: Tx, sampleId: string): Promise<WorkOrderSampleEntry[]> =>
  tx
    .createQueryBuilder(workOrderSampleEntryEntity, 'o')
    .where('o.sampleId = :sampleId', { sampleId })
    .orderBy('o.workOrderId')
    .getMany();

export async function saveEntry(tx: Tx, { id, visitedAt, rating, noteSealed }: WorkOrderSampleEntry): Promise<void> {
  await tx.update(workOrderSampleEntryEntity, { id }, { visitedAt, rating, noteSealed });
}

export async function insertEntries(tx: Tx, sampleId: string, workOrderIds: readonly string[]): Promise<void> {
  if (workOrderIds.length === 0) return;
  const { tenantId } = txScope(tx);
  const fresh = { tenantId, sampleId, visitedAt: null, rating: null, noteSealed: null };
  const entries = workOrderIds.map((workOrderId) => ({ ...fresh, id: newId(), workOrderId }));
  await tx.createQueryBuilder().insert().into(workOrderSampleEntryEntity).values(entries).updateEntity(false).execute();
}

/** Whether the week's sample was drawn already. */
export const isDrawn = (tx: Tx, communityId: string, weekStartsOn: string): Promise<boolean> =>
  tx
    .createQueryBuilder(workOrderSampleEntity, 's')
    .where('s.communityId = :communityId and s.weekStartsOn = :weekStartsOn', { communityId, weekStartsOn })
    .getExists();
