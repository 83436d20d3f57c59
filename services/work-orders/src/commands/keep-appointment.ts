import { txScope, type Tx } from '@steward/db';
import type { workOrderAppointmentMade } from '@steward/events';
import { publish, resolvePolicy, saveAggregate, zoneOf } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { restartClocks } from '../db/clocks.ts';
import { tellAssignee, tellHousehold } from '../db/notices.ts';
import { completionDueAt, onSiteDueAt, workClocks } from '../domain/deadline-rules.ts';
import { workPolicy } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';

type Keeping = { action: string; fact: typeof workOrderAppointmentMade };

/** Saves an order with a time agreed with the customer: on site then, completed within the figure after it (A068). */
export async function keepAppointment(
  tx: Tx,
  order: WorkOrder,
  agreed: WorkOrder,
  keeping: Keeping,
): Promise<{ id: string }> {
  const figures = await resolvePolicy(tx, workPolicy, order.communityId);
  const onSiteAt = onSiteDueAt(agreed, txScope(tx).now, figures);
  const after = { ...agreed, dueAt: completionDueAt(onSiteAt, figures) };
  const saved = await saveAggregate(tx, workOrderAggregate, order, after, { action: keeping.action, rule: 'A068' });
  const appointmentAt = onSiteAt.toISOString();
  publish(tx, saved, keeping.fact, { workOrderId: saved.id, appointmentAt });
  await restartClocks(tx, saved, workClocks(saved, onSiteAt, figures), await zoneOf(tx, saved.communityId));
  await tellAssignee(tx, saved, 'workOrderAppointment', { appointmentAt });
  await tellHousehold(tx, saved, 'workOrderAppointment', { appointmentAt });
  return { id: saved.id };
}
