import type { Tx } from '@steward/db';
import { cancelDeadlines, cancelScheduled, resumeDeadlines, startDeadlines } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { tellAssignee, tellSupervisor } from '../db/notices.ts';
import type { Clock, ClockKind } from '../domain/deadline-rules.ts';
import { pauseEndTimer } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';

type Move = { clocks: Clock[]; ended: ClockKind[]; zone: string };

/** Sets the clocks of a reclassified order and tells whom it concerns. */
export async function moveReclassified(tx: Tx, before: WorkOrder, saved: WorkOrder, move: Move): Promise<void> {
  if (before.status === 'PAUSED' && saved.status !== 'PAUSED') {
    await cancelScheduled(tx, saved.id, pauseEndTimer);
    await resumeDeadlines(tx, saved);
  }
  for (const kind of move.ended) await cancelDeadlines(tx, saved, kind);
  await startDeadlines(tx, workOrderAggregate, saved, move.clocks, move.zone);
  await tellConcerned(tx, before, saved);
}

async function tellConcerned(tx: Tx, before: WorkOrder, saved: WorkOrder): Promise<void> {
  const { tradeCode, priority } = saved;
  const isTakenBack = before.assigneeId !== saved.assigneeId;
  if (isTakenBack) await tellAssignee(tx, before, 'workOrderTakenBack');
  else if (priority !== before.priority) await tellAssignee(tx, saved, 'workOrderPriorityChanged', { priority });
  if (saved.departmentCode !== before.departmentCode)
    await tellSupervisor(tx, saved, 'workOrderReceived', { tradeCode, priority });
  else if (isTakenBack) await tellSupervisor(tx, saved, 'workOrderReturned');
  else if (priority !== before.priority) await tellSupervisor(tx, saved, 'workOrderPriorityChanged', { priority });
}
