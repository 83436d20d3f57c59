import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import type { WorkOrderDispatchSlipPrint, WorkOrderMaterial } from '../domain/work-order.ts';
import { staffReferenceEntity } from './reference-entities.ts';
import { workOrderDispatchSlipPrintEntity, workOrderMaterialEntity } from './work-order-entities.ts';

/** How often the slip of a dispatch was put on paper. */
export const printsOfSlip = (tx: Tx, workOrderId: string, dispatchCount: number): Promise<number> =>
  tx.countBy(workOrderDispatchSlipPrintEntity, { workOrderId, dispatchCount });

type Print = Pick<WorkOrderDispatchSlipPrint, 'workOrderId' | 'number' | 'dispatchCount' | 'copy' | 'fileId'>;

/** Keeps that a slip was put on paper, when and by whom; answers the id of it. */
export async function keepSlipPrint(tx: Tx, print: Print): Promise<string> {
  const { tenantId, now, actor } = txScope(tx);
  const id = newId();
  const by = { actorKind: actor.kind, actorId: actor.id, printedAt: now };
  await tx.insert(workOrderDispatchSlipPrintEntity, { ...print, ...by, id, tenantId });
  return id;
}

/** The files of every slip that was printed of these orders. */
export async function slipFilesOf(tx: Tx, workOrderIds: readonly string[]): Promise<string[]> {
  const found = await rows<{ fileId: string }>(
    tx,
    `select file_id as "fileId" from work_order_dispatch_slip_print where work_order_id = any($1::uuid[])`,
    [workOrderIds],
  );
  return found.map(({ fileId }) => fileId);
}

/** When the clocks of an order that still run are due, by kind. */
export async function dueTimesOf(tx: Tx, workOrderId: string): Promise<Map<string, Date>> {
  const open = await rows<{ kind: string; dueAt: Date }>(
    tx,
    'select kind, due_at as "dueAt" from deadline where aggregate_id = $1 and ended_at is null',
    [workOrderId],
  );
  return new Map(open.map(({ kind, dueAt }) => [kind, dueAt]));
}

export const materialsOf = (tx: Tx, workOrderId: string): Promise<WorkOrderMaterial[]> =>
  tx.find(workOrderMaterialEntity, { where: { workOrderId }, order: { recordedAt: 'asc', id: 'asc' } });

/** The number by which the company knows a member of staff; null where hr has not told it. */
export async function staffNumberOf(tx: Tx, staffId: string): Promise<string | null> {
  return (await tx.findOneBy(staffReferenceEntity, { id: staffId }))?.number ?? null;
}
