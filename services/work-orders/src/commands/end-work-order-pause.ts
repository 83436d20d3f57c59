import { txScope, type Tx } from '@steward/db';
import { workOrderResumed } from '@steward/events';
import { lockAggregate, publish, resumeDeadlines, saveAggregate, type DueTimer } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { tellAssignee, tellSupervisor } from '../db/notices.ts';
import { resume } from '../domain/field-work-rules.ts';

/** Timer: a pause has come to its end; who paused it need not think of it. */
export async function endWorkOrderPause(tx: Tx, due: DueTimer): Promise<void> {
  if (due.aggregateId === null) return;
  const order = await lockAggregate(tx, workOrderAggregate, due.aggregateId);
  if (order.status !== 'PAUSED') return;
  const note = { action: 'endWorkOrderPause', rule: 'B015' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, resume(order, txScope(tx).now), note);
  publish(tx, saved, workOrderResumed, { workOrderId: saved.id, dueAt: saved.dueAt?.toISOString() ?? null });
  await resumeDeadlines(tx, saved);
  await tellAssignee(tx, saved, 'workOrderResumed');
  await tellSupervisor(tx, saved, 'workOrderResumed');
}
