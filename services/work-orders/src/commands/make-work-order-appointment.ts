import { txScope, type Tx } from '@steward/db';
import { workOrderAppointmentMade } from '@steward/events';
import { authorize, lockAggregate } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { agreeAppointment } from '../domain/field-work-rules.ts';
import type { MakeWorkOrderAppointmentInput } from '../graphql/generated.ts';
import { keepAppointment } from './keep-appointment.ts';

export async function makeWorkOrderAppointment(tx: Tx, input: MakeWorkOrderAppointmentInput): Promise<{ id: string }> {
  const order = await lockAggregate(tx, workOrderAggregate, input.id, input.expectedVersion);
  await authorize(tx, workOrderAggregate.subject(order));
  const agreed = agreeAppointment(order, 'makeWorkOrderAppointment', input, txScope(tx).now);
  return keepAppointment(tx, order, agreed, { action: 'makeWorkOrderAppointment', fact: workOrderAppointmentMade });
}
