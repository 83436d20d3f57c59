import { txScope, type Tx } from '@steward/db';
import { workOrderReturned } from '@steward/events';
import { lockAuthorized, publish, resolvePolicy, saveAggregate, zoneOf } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { restartClocks } from '../db/clocks.ts';
import { tellSupervisor } from '../db/notices.ts';
import { insertRemark } from '../db/work-order-queries.ts';
import { requireReason } from '../domain/after-work-rules.ts';
import { dispatchClock } from '../domain/deadline-rules.ts';
import { giveBack } from '../domain/dispatch-rules.ts';
import { workPolicy } from '../domain/work-order-policy.ts';
import type { ReturnWorkOrderInput } from '../graphql/generated.ts';

export async function returnWorkOrder(tx: Tx, input: ReturnWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const returned = giveBack(order, txScope(tx).now);
  requireReason(input.reason, 'B013');
  const saved = await saveAggregate(tx, workOrderAggregate, order, returned, {
    action: 'returnWorkOrder',
    rule: 'B013',
  });
  publish(tx, saved, workOrderReturned, { workOrderId: saved.id, formerAssigneeId: order.assigneeId ?? '' });
  await insertRemark(tx, saved.id, 'returnWorkOrder', input.reason);
  const figures = await resolvePolicy(tx, workPolicy, saved.communityId);
  await restartClocks(tx, saved, [dispatchClock(saved, figures)], await zoneOf(tx, saved.communityId));
  await tellSupervisor(tx, saved, 'workOrderReturned');
  return { id: saved.id };
}
