import { localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { authorize, lockAggregates } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { findCandidates } from '../db/dispatch-queries.ts';
import { findFitter, zoneOf } from '../db/reference-queries.ts';
import { dispatch, giveTo } from '../domain/dispatch-rules.ts';
import { notFound, refusalOf, refuseTooMany, type RowRefusal } from '../domain/refusal-rules.ts';
import { bulkLimits } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import type { AssignWorkOrdersInput } from '../graphql/generated.ts';
import { handOver } from './hand-over.ts';

type Answer = { id: string; workOrderId: string | null; refusal: RowRefusal | null };

export async function assignWorkOrders(tx: Tx, input: AssignWorkOrdersInput): Promise<{ results: Answer[] }> {
  refuseTooMany(input.ids.length, bulkLimits.assignRows.value, 'input.ids');
  const orders = await lockAggregates(tx, workOrderAggregate, input.ids);
  // Nothing found is nothing to judge, but even then the caller is one who may ask.
  if (orders.size === 0) await authorize(tx, {}).catch(refusalOf);
  const results: Answer[] = [];
  for (const id of input.ids) {
    results.push(await assignOne(tx, id, orders.get(id), input.assigneeId ?? null));
    // Named twice, an order is already given the second time.
    orders.delete(id);
  }
  return { results };
}

/** A rule refuses before anything is written, so that a refused order leaves nothing behind. */
async function assignOne(tx: Tx, id: string, order: WorkOrder | undefined, assigneeId: string | null): Promise<Answer> {
  try {
    if (order === undefined) throw notFound();
    await authorize(tx, workOrderAggregate.subject(order));
    const given = await choose(tx, order, assigneeId);
    const { action, manner } = assigneeId === null ? dispatching : assigning;
    await handOver(tx, order, given, { action, manner });
    return { id, workOrderId: id, refusal: null };
  } catch (error) {
    return { id, workOrderId: null, refusal: refusalOf(error) };
  }
}

const dispatching = { action: 'assignWorkOrders', manner: 'DISPATCHED' } as const;
const assigning = { action: 'assignWorkOrders', manner: 'ASSIGNED' } as const;

async function choose(tx: Tx, order: WorkOrder, assigneeId: string | null): Promise<WorkOrder> {
  const { now } = txScope(tx);
  const day = localDate(now, await zoneOf(tx, order.communityId));
  if (assigneeId === null) return dispatch(order, await findCandidates(tx, order, day), now);
  return giveTo(order, 'assignWorkOrder', await findFitter(tx, assigneeId), { now, day });
}
