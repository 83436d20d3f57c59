import { txScope, type Tx } from '@steward/db';
import { workOrderCancelled } from '@steward/events';
import { cancelDeadlines, cancelScheduled, lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { tellAssignee, tellHousehold } from '../db/notices.ts';
import { cancel } from '../domain/field-work-rules.ts';
import { pauseEndTimer } from '../domain/work-order-policy.ts';
import type { CancelWorkOrderInput } from '../graphql/generated.ts';

export async function cancelWorkOrder(tx: Tx, input: CancelWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const { reasonCode } = input;
  const cancelled = cancel(order, reasonCode, txScope(tx).now);
  const note = { action: 'cancelWorkOrder', reasonCode, rule: 'B013' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, cancelled, note);
  publish(tx, saved, workOrderCancelled, { workOrderId: saved.id, reasonCode });
  await cancelDeadlines(tx, saved);
  await cancelScheduled(tx, saved.id, pauseEndTimer);
  await tellAssignee(tx, saved, 'workOrderCancelled', { reasonCode });
  await tellHousehold(tx, saved, 'workOrderCancelled', { reasonCode });
  return { id: saved.id };
}
