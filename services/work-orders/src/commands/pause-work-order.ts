import { txScope, type Tx } from '@steward/db';
import { workOrderPaused } from '@steward/events';
import { lockAuthorized, pauseDeadlines, publish, resolvePolicy, saveAggregate, schedule } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { tellHousehold } from '../db/notices.ts';
import { pause } from '../domain/field-work-rules.ts';
import { pauseEndTimer, workPolicy } from '../domain/work-order-policy.ts';
import type { PauseWorkOrderInput } from '../graphql/generated.ts';

export async function pauseWorkOrder(tx: Tx, input: PauseWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const figures = await resolvePolicy(tx, workPolicy, order.communityId);
  const paused = pause(order, input, txScope(tx).now, figures);
  const note = { action: 'pauseWorkOrder', reasonCode: input.reasonCode, rule: 'B015' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, paused, note);
  const until = input.until.toISOString();
  publish(tx, saved, workOrderPaused, { workOrderId: saved.id, reasonCode: input.reasonCode, until });
  await pauseDeadlines(tx, saved);
  const { id: aggregateId, communityId } = saved;
  await schedule(tx, { kind: pauseEndTimer, aggregateId, communityId, dueAt: input.until });
  await tellHousehold(tx, saved, 'workOrderPaused', { reasonCode: input.reasonCode, until });
  return { id: saved.id };
}
