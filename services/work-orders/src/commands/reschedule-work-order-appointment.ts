import { txScope, type Tx } from '@steward/db';
import { workOrderAppointmentRescheduled } from '@steward/events';
import { lockAuthorized } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { insertRemark } from '../db/work-order-queries.ts';
import { requireReason } from '../domain/after-work-rules.ts';
import { agreeAppointment } from '../domain/field-work-rules.ts';
import type { RescheduleWorkOrderAppointmentInput } from '../graphql/generated.ts';
import { keepAppointment } from './keep-appointment.ts';

export async function rescheduleWorkOrderAppointment(
  tx: Tx,
  input: RescheduleWorkOrderAppointmentInput,
): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const action = 'rescheduleWorkOrderAppointment';
  const agreed = agreeAppointment(order, action, input, txScope(tx).now);
  requireReason(input.reason, 'A068');
  await insertRemark(tx, order.id, action, input.reason);
  return keepAppointment(tx, order, agreed, { action, fact: workOrderAppointmentRescheduled });
}
