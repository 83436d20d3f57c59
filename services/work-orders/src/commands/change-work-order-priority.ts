import { txScope, type Tx } from '@steward/db';
import { workOrderPriorityChanged } from '@steward/events';
import {
  cancelDeadlines,
  lockAuthorized,
  publish,
  resolvePolicy,
  saveAggregate,
  startDeadlines,
  zoneOf,
} from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { tellAssignee, tellSupervisor } from '../db/notices.ts';
import { clocksOfPriority } from '../domain/deadline-rules.ts';
import { changePriority } from '../domain/field-work-rules.ts';
import { workPolicy } from '../domain/work-order-policy.ts';
import type { ChangeWorkOrderPriorityInput } from '../graphql/generated.ts';

export async function changeWorkOrderPriority(tx: Tx, input: ChangeWorkOrderPriorityInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const { now } = txScope(tx);
  const figures = await resolvePolicy(tx, workPolicy, order.communityId);
  const changed = changePriority(order, input.priority);
  const { clocks, ended, dueAt } = clocksOfPriority(changed, now, figures);
  const note = { action: 'changeWorkOrderPriority', reasonCode: input.priority, rule: 'B013' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, { ...changed, dueAt }, note);
  const { priority } = saved;
  publish(tx, saved, workOrderPriorityChanged, { workOrderId: saved.id, priority });
  for (const kind of ended) await cancelDeadlines(tx, saved, kind);
  await startDeadlines(tx, workOrderAggregate, saved, clocks, await zoneOf(tx, saved.communityId));
  await tellAssignee(tx, saved, 'workOrderPriorityChanged', { priority });
  await tellSupervisor(tx, saved, 'workOrderPriorityChanged', { priority });
  return { id: saved.id };
}
