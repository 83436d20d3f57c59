import { localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { lockAuthorized, zoneOf } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { findFitter } from '../db/reference-queries.ts';
import { giveTo } from '../domain/dispatch-rules.ts';
import type { AssignWorkOrderInput } from '../graphql/generated.ts';
import { handOver } from './hand-over.ts';

export async function assignWorkOrder(tx: Tx, input: AssignWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const { now } = txScope(tx);
  const day = localDate(now, await zoneOf(tx, order.communityId));
  const given = giveTo(order, 'assignWorkOrder', await findFitter(tx, input.assigneeId), { now, day });
  return handOver(tx, order, given, { action: 'assignWorkOrder', manner: 'ASSIGNED' });
}
