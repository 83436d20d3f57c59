import { localDate, startOfLocalDay } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { workOrderResumed, workOrderReturned } from '@steward/events';
import {
  cancelScheduled,
  publish,
  resolvePolicy,
  resumeDeadlines,
  saveAggregate,
  schedule,
  zoneOf,
  type DueTimer,
} from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { restartClocks } from '../db/clocks.ts';
import { tellSupervisor } from '../db/notices.ts';
import { findFitter } from '../db/reference-queries.ts';
import { communitiesOfWork, lockOpenOrdersOf } from '../db/staff-order-queries.ts';
import { dispatchClock } from '../domain/deadline-rules.ts';
import { takeBack, worksFor, worksIn } from '../domain/dispatch-rules.ts';
import { pauseEndTimer, staffReleaseTimer, workPolicy } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';

/**
 * The orders of somebody who leaves the company or a post go back to dispatch: at once, or when that day begins in the
 * zone of the community. Whether there is still something to do is judged then.
 */
export async function releaseFrom(tx: Tx, staffId: string, day: string): Promise<void> {
  for (const communityId of await communitiesOfWork(tx, staffId)) {
    const dueAt = startOfLocalDay(day, await zoneOf(tx, communityId));
    if (dueAt <= txScope(tx).now) await releaseOrdersOfStaff(tx, staffId, communityId);
    else await schedule(tx, { kind: staffReleaseTimer, communityId, dueAt, payload: { staffId } });
  }
}

/** Timer: the first day on which somebody is no longer there. */
export async function releaseOnDay(tx: Tx, due: DueTimer<{ staffId: string }>): Promise<void> {
  if (due.communityId !== null) await releaseOrdersOfStaff(tx, due.payload.staffId, due.communityId);
}

async function releaseOrdersOfStaff(tx: Tx, staffId: string, communityId: string): Promise<void> {
  const zone = await zoneOf(tx, communityId);
  const day = localDate(txScope(tx).now, zone);
  const worker = await findFitter(tx, staffId);
  const isThere = worker !== null && worksIn(worker, communityId, day);
  for (const order of await lockOpenOrdersOf(tx, staffId, communityId)) {
    if (!isThere || !worksFor(worker, order, day)) await release(tx, order, zone);
  }
}

async function release(tx: Tx, order: WorkOrder, zone: string): Promise<void> {
  const note = { action: 'releaseWorkOrder', reasonCode: 'STAFF_LEFT', rule: 'B013' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, takeBack(order, txScope(tx).now), note);
  const { id: workOrderId, dueAt } = saved;
  publish(tx, saved, workOrderReturned, { workOrderId, formerAssigneeId: order.assigneeId ?? '' });
  if (order.status === 'PAUSED') {
    publish(tx, saved, workOrderResumed, { workOrderId, dueAt: dueAt?.toISOString() ?? null });
    await cancelScheduled(tx, saved.id, pauseEndTimer);
    await resumeDeadlines(tx, saved);
  }
  const figures = await resolvePolicy(tx, workPolicy, saved.communityId);
  await restartClocks(tx, saved, [dispatchClock(saved, figures)], zone);
  await tellSupervisor(tx, saved, 'workOrderReturned');
}
