import { txScope, type Tx } from '@steward/db';
import { lockAuthorized } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { findCandidates } from '../db/dispatch-queries.ts';
import { dispatch } from '../domain/dispatch-rules.ts';
import type { DispatchWorkOrderInput } from '../graphql/generated.ts';
import { handOver } from './hand-over.ts';
import { dispatchRoles } from '../domain/work-order-policy.ts';

export async function dispatchWorkOrder(tx: Tx, input: DispatchWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const given = dispatch(order, await findCandidates(tx, order, dispatchRoles.value), txScope(tx).now);
  return handOver(tx, order, given, { action: 'dispatchWorkOrder', manner: 'DISPATCHED' });
}
