import { localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { invocationOf, lockAuthorized, zoneOf } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { findFitter } from '../db/reference-queries.ts';
import { giveTo } from '../domain/dispatch-rules.ts';
import type { TakeWorkOrderInput } from '../graphql/generated.ts';
import { handOver } from './hand-over.ts';

export async function takeWorkOrder(tx: Tx, input: TakeWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const { now } = txScope(tx);
  const { staffId } = invocationOf(tx).viewer;
  const day = localDate(now, await zoneOf(tx, order.communityId));
  const fitter = staffId === undefined ? null : await findFitter(tx, staffId);
  const given = giveTo(order, 'takeWorkOrder', fitter, { now, day });
  return handOver(tx, order, given, { action: 'takeWorkOrder', manner: 'TAKEN' });
}
