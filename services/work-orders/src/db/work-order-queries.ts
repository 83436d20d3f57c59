import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { seal } from '@steward/service-kit';

import type { WorkOrderQuote } from '../domain/quote-rules.ts';
import type { WorkOrder, WorkOrderMaterial, WorkOrderPhoto } from '../domain/work-order.ts';
import {
  workOrderEntity,
  workOrderMaterialEntity,
  workOrderPhotoEntity,
  workOrderQuoteEntity,
  workOrderRemarkEntity,
  workOrderWaterTestEntity,
} from './work-order-entities.ts';

/** Orders that were taken in under these keys of another system. */
export async function findBySource(
  tx: Tx,
  sources: readonly { system: string; key: string }[],
): Promise<Map<string, string>> {
  const found = await rows<{ id: string; system: string; key: string }>(
    tx,
    `select w.id, w.source_system as system, w.source_key as key
       from unnest($1::text[], $2::text[]) as s(system, key)
       join work_order w on w.source_system = s.system and w.source_key = s.key`,
    [sources.map(({ system }) => system.trim()), sources.map(({ key }) => key.trim())],
  );
  return new Map(found.map(({ id, system, key }) => [sourceKey({ system, key }), id]));
}

export const sourceKey = ({ system, key }: { system: string; key: string }): string =>
  JSON.stringify([system.trim(), key.trim()]);

/** Holds back other imports of the tenant until this one is committed, so that no key is taken in twice. */
export async function lockSources(tx: Tx): Promise<void> {
  await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${txScope(tx).tenantId}/work-order-source`,
  ]);
}

export async function insertPhotos(
  tx: Tx,
  workOrderId: string,
  kind: WorkOrderPhoto['kind'],
  fileIds: readonly string[],
): Promise<void> {
  if (fileIds.length === 0) return;
  const { tenantId } = txScope(tx);
  const photos = fileIds.map((fileId) => ({ id: newId(), tenantId, workOrderId, kind, fileId }));
  await tx.createQueryBuilder().insert().into(workOrderPhotoEntity).values(photos).updateEntity(false).execute();
}

export async function insertMaterials(
  tx: Tx,
  workOrderId: string,
  materials: readonly Pick<WorkOrderMaterial, 'name' | 'code' | 'quantity' | 'unit'>[],
): Promise<void> {
  const { tenantId, now } = txScope(tx);
  const complete = materials.map((material) => ({ ...material, id: newId(), tenantId, workOrderId, recordedAt: now }));
  await tx.createQueryBuilder().insert().into(workOrderMaterialEntity).values(complete).updateEntity(false).execute();
}

export async function insertWaterTest(
  tx: Tx,
  workOrderId: string,
  test: { testedAt: Date; isPassed: boolean },
): Promise<void> {
  const { tenantId } = txScope(tx);
  await tx.insert(workOrderWaterTestEntity, { ...test, id: newId(), tenantId, workOrderId });
}

/** Keeps a reason in the words it was given in, sealed; the history has codes alone. */
export async function insertRemark(tx: Tx, workOrderId: string, action: string, text: string): Promise<void> {
  const { tenantId, now, actor } = txScope(tx);
  const words = { action, actorKind: actor.kind, actorId: actor.id, madeAt: now, textSealed: seal(tx, text.trim()) };
  await tx.insert(workOrderRemarkEntity, { ...words, id: newId(), tenantId, workOrderId });
}

/** The quote that stands last. */
export const latestQuote = (tx: Tx, workOrderId: string): Promise<WorkOrderQuote | null> =>
  tx
    .createQueryBuilder(workOrderQuoteEntity, 'q')
    .where('q.workOrderId = :workOrderId', { workOrderId })
    .orderBy('q.quotedAt', 'DESC')
    .addOrderBy('q.id', 'DESC')
    .limit(1)
    .getOne();

export const workOrderById = (tx: Tx, id: string): Promise<WorkOrder | null> =>
  tx.createQueryBuilder(workOrderEntity, 'w').where('w.id = :id', { id }).getOne();

export const quoteById = (tx: Tx, id: string): Promise<WorkOrderQuote | null> =>
  tx.createQueryBuilder(workOrderQuoteEntity, 'q').where('q.id = :id', { id }).getOne();

/** The new quote in the place of the open one. */
export async function replaceQuote(tx: Tx, quote: Omit<WorkOrderQuote, 'tenantId'>): Promise<void> {
  await rows(
    tx,
    `update work_order_quote set state = 'REPLACED' where work_order_id = $1 and state in ('OFFERED', 'AGREED')`,
    [quote.workOrderId],
  );
  await tx.insert(workOrderQuoteEntity, { ...quote, tenantId: txScope(tx).tenantId });
}

export async function decideQuote(
  tx: Tx,
  id: string,
  decision: { state: 'AGREED' | 'DECLINED'; manner: WorkOrderQuote['manner']; decidedAt: Date },
): Promise<void> {
  await tx.update(workOrderQuoteEntity, { id }, decision);
}

/** When the household was last tried to be met since the last completion; `round` counts the completions. */
export async function lastVisitAttempt(tx: Tx, workOrderId: string, round: number): Promise<Date | null> {
  const [found] = await rows<{ at: Date | null }>(
    tx,
    'select max(visited_at) as at from return_visit where aggregate_id = $1 and round = $2',
    [workOrderId, round],
  );
  return found?.at ?? null;
}
