import { DomainError, localDate, refuseTooMany } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { asRefusal, authorize, lockAggregates, type RefusalValue } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { findCandidatesOf } from '../db/dispatch-queries.ts';
import { findFitter, zonesOf } from '../db/reference-queries.ts';
import { dispatch, giveTo } from '../domain/dispatch-rules.ts';
import { dispatchRoles, bulkLimits } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import type { AssignWorkOrdersInput } from '../graphql/generated.ts';
import { handOverAll, type Handed } from './hand-over.ts';

type Answer = { id: string; workOrderId: string | null; refusal: RefusalValue | null };

export async function assignWorkOrders(tx: Tx, input: AssignWorkOrdersInput): Promise<{ results: Answer[] }> {
  refuseTooMany(input.ids.length, bulkLimits.assignRows.value, 'input.ids', bulkLimits.assignRows.rule);
  const orders = await lockAggregates(tx, workOrderAggregate, input.ids);
  // Nothing found is nothing to judge, but even then the caller is one who may ask.
  if (orders.size === 0) await authorize(tx, {}).catch(asRefusal);
  const { assigneeId = null } = input;
  const give = assigneeId === null ? await toBestPlaced(tx, orders) : await toOne(tx, orders, assigneeId);
  const handed: Handed[] = [];
  const results: Answer[] = [];
  for (const id of input.ids) {
    const answer = await judge(tx, orders.get(id), give);
    if ('handed' in answer) handed.push(answer.handed);
    results.push({ id, ...('handed' in answer ? { workOrderId: id, refusal: null } : answer) });
    // Named twice, an order is already given the second time.
    orders.delete(id);
  }
  const manner = assigneeId === null ? 'DISPATCHED' : 'ASSIGNED';
  await handOverAll(tx, handed, { action: 'assignWorkOrders', manner });
  return { results };
}

/** Gives an order to somebody, or refuses. */
type Give = (order: WorkOrder) => WorkOrder;
type Refused = { workOrderId: null; refusal: RefusalValue };

/** All that refuses a row comes before anything is written, so that a refused order leaves nothing behind. */
async function judge(tx: Tx, order: WorkOrder | undefined, give: Give): Promise<{ handed: Handed } | Refused> {
  try {
    if (order === undefined) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
    await authorize(tx, workOrderAggregate.subject(order));
    return { handed: { before: order, given: give(order) } };
  } catch (error) {
    return { workOrderId: null, refusal: asRefusal(error) };
  }
}

async function toOne(tx: Tx, orders: ReadonlyMap<string, WorkOrder>, assigneeId: string): Promise<Give> {
  const { now } = txScope(tx);
  const fitter = await findFitter(tx, assigneeId);
  const zones = await zonesOf(tx, [...orders.values()]);
  return (order) => giveTo(order, 'assignWorkOrder', fitter, { now, day: localDate(now, zones(order.communityId)) });
}

/** Each to the best placed; what was given before in the same call counts as load. */
async function toBestPlaced(tx: Tx, orders: ReadonlyMap<string, WorkOrder>): Promise<Give> {
  const candidates = await findCandidatesOf(tx, [...orders.values()], dispatchRoles.value);
  const added = new Map<string, number>();
  return (order) => {
    const loaded = (candidates.get(order.id) ?? []).map((candidate) => ({
      ...candidate,
      openOrderCount: candidate.openOrderCount + (added.get(candidate.staffId) ?? 0),
    }));
    const given = dispatch(order, loaded, txScope(tx).now);
    const chosen = given.assigneeId ?? '';
    added.set(chosen, (added.get(chosen) ?? 0) + 1);
    return given;
  };
}
