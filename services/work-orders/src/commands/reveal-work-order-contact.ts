import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { authorize, logReveal } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { workOrderById } from '../db/work-order-queries.ts';
import type { RevealWorkOrderContactInput } from '../graphql/generated.ts';

/** Changes nothing of the order, so it neither locks it nor raises its version; the log is its own record. */
export async function revealWorkOrderContact(tx: Tx, input: RevealWorkOrderContactInput): Promise<{ id: string }> {
  const order = await workOrderById(tx, input.id);
  if (order === null) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  await authorize(tx, workOrderAggregate.subject(order));
  const fields = ['contactName', 'contactPhone'];
  await logReveal(tx, { aggregateType: workOrderAggregate.type, aggregateId: order.id, fields, reason: input.reason });
  return { id: order.id };
}

// Each reading is judged and logged anew; a repeated key must not show it unlogged.
revealWorkOrderContact.repeats = 'runAgain' as const;
