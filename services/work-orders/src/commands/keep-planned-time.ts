import type { Tx } from '@steward/db';
import { workOrderAppointmentMade, workOrderAppointmentRescheduled } from '@steward/events';
import { publish, zoneOf } from '@steward/service-kit';

import { restartClocks } from '../db/clocks.ts';
import { tellAssignee, tellHousehold } from '../db/notices.ts';
import { workClocks } from '../domain/deadline-rules.ts';
import type { WorkValues } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';

/**
 * The time of an agreed quote has become the appointment: the clocks of the work follow it. Whoever is on site already is
 * not awaited there again, so that only the completion is due anew.
 */
export async function keepPlannedTime(
  tx: Tx,
  before: WorkOrder,
  saved: WorkOrder,
  plannedAt: Date,
  figures: WorkValues,
): Promise<void> {
  const fact = before.appointmentAt === null ? workOrderAppointmentMade : workOrderAppointmentRescheduled;
  const appointmentAt = plannedAt.toISOString();
  publish(tx, saved, fact, { workOrderId: saved.id, appointmentAt });
  const clocks = workClocks(saved, plannedAt, figures).filter(
    ({ kind }) => kind !== 'ON_SITE' || saved.status !== 'ON_SITE',
  );
  await restartClocks(tx, saved, clocks, await zoneOf(tx, saved.communityId));
  await tellAssignee(tx, saved, 'workOrderAppointment', { appointmentAt });
  await tellHousehold(tx, saved, 'workOrderAppointment', { appointmentAt });
}
