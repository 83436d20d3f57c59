import { localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { lockAuthorized, zoneOf } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { findFitter } from '../db/reference-queries.ts';
import { insertRemark } from '../db/work-order-queries.ts';
import { requireReason } from '../domain/after-work-rules.ts';
import { giveTo } from '../domain/dispatch-rules.ts';
import type { TransferWorkOrderInput } from '../graphql/generated.ts';
import { handOver } from './hand-over.ts';

export async function transferWorkOrder(tx: Tx, input: TransferWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const { now } = txScope(tx);
  const day = localDate(now, await zoneOf(tx, order.communityId));
  const given = giveTo(order, 'transferWorkOrder', await findFitter(tx, input.assigneeId), { now, day });
  requireReason(input.reason, 'A109');
  await insertRemark(tx, order.id, 'transferWorkOrder', input.reason);
  return handOver(tx, order, given, { action: 'transferWorkOrder', manner: 'TRANSFERRED' });
}
