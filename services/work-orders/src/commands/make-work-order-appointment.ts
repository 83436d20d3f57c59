import { txScope, type Tx } from '@steward/db';
import { workOrderAppointmentMade } from '@steward/events';
import { lockAuthorized } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { agreeAppointment } from '../domain/field-work-rules.ts';
import type { MakeWorkOrderAppointmentInput } from '../graphql/generated.ts';
import { keepAppointment } from './keep-appointment.ts';

export async function makeWorkOrderAppointment(tx: Tx, input: MakeWorkOrderAppointmentInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const agreed = agreeAppointment(order, 'makeWorkOrderAppointment', input, txScope(tx).now);
  return keepAppointment(tx, order, agreed, { action: 'makeWorkOrderAppointment', fact: workOrderAppointmentMade });
}
