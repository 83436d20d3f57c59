import { localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { workOrderReopened } from '@steward/events';
import {
  cancelDeadlines,
  meetDeadline,
  publish,
  resolvePolicy,
  saveAggregate,
  startDeadlines,
  zoneOf,
} from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { tellAssignee, tellSupervisor } from '../db/notices.ts';
import { findFitter } from '../db/reference-queries.ts';
import { reopen, type Reopening } from '../domain/after-work-rules.ts';
import { completionDueAt, dispatchClock, reworkOnSiteAt, workClocks } from '../domain/deadline-rules.ts';
import { isStillFit } from '../domain/dispatch-rules.ts';
import { reopenedFact } from '../domain/work-order-facts.ts';
import { afterWorkPolicy, workPolicy } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';

/** What showed it, and the clock that this ends. */
const causes = {
  recordWorkOrderWaterTest: 'WATER_TEST',
  refuseWorkOrderAcceptance: 'ACCEPTANCE',
  recordWorkOrderReturnVisit: 'RETURN_VISIT',
} as const satisfies Record<Reopening, string>;

type Finding = { action: Reopening; at: Date; reason: string; changes?: Partial<WorkOrder> };

/** Reopens an order, whatever showed that the work is not in order: it is due again at once, and everybody is told (A073). */
export async function sendBack(tx: Tx, order: WorkOrder, finding: Finding): Promise<WorkOrder> {
  const { action, at, reason, changes } = finding;
  const { now } = txScope(tx);
  const zone = await zoneOf(tx, order.communityId);
  const figures = await resolvePolicy(tx, workPolicy, order.communityId);
  const afterWork = await resolvePolicy(tx, afterWorkPolicy, order.communityId);
  const worker = order.assigneeId === null ? null : await findFitter(tx, order.assigneeId);
  const isThere = isStillFit(order, worker, true, { now, day: localDate(now, zone) });
  const onSiteAt = reworkOnSiteAt(now, afterWork);
  const after = { ...reopen(order, action, isThere), ...changes, dueAt: completionDueAt(onSiteAt, figures) };
  const saved = await saveAggregate(tx, workOrderAggregate, order, after, { action, reasonCode: reason, rule: 'A073' });
  publish(tx, saved, workOrderReopened, reopenedFact(saved, causes[action]));
  await meetDeadline(tx, saved, causes[action], at);
  await cancelDeadlines(tx, saved);
  const dispatching = isThere ? [] : [dispatchClock({ ...saved, priority: 'EMERGENCY' }, figures)];
  const clocks = [...dispatching, ...workClocks(saved, onSiteAt, figures, 'A073')];
  await startDeadlines(tx, workOrderAggregate, saved, clocks, zone);
  await tellAssignee(tx, saved, 'workOrderReopened', { cause: causes[action] });
  await tellSupervisor(tx, saved, 'workOrderReopened', { cause: causes[action] });
  return saved;
}
