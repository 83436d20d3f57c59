import { txScope, type Tx } from '@steward/db';
import { workOrderUrged } from '@steward/events';
import { lockAuthorized, publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { tellAssignee, tellSupervisor } from '../db/notices.ts';
import { urge } from '../domain/field-work-rules.ts';
import { workPolicy } from '../domain/work-order-policy.ts';
import type { UrgeWorkOrderInput } from '../graphql/generated.ts';

export async function urgeWorkOrder(tx: Tx, input: UrgeWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const figures = await resolvePolicy(tx, workPolicy, order.communityId);
  const urged = urge(order, txScope(tx).now, figures);
  const saved = await saveAggregate(tx, workOrderAggregate, order, urged, { action: 'urgeWorkOrder', rule: 'A008' });
  const { urgeCount } = saved;
  publish(tx, saved, workOrderUrged, { workOrderId: saved.id, urgeCount });
  await tellAssignee(tx, saved, 'workOrderUrged', { urgeCount });
  await tellSupervisor(tx, saved, 'workOrderUrged', { urgeCount });
  return { id: saved.id };
}
