import { localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { workOrderPriorityChanged, workOrderReclassified, workOrderResumed, workOrderReturned } from '@steward/events';
import { invocationOf, lockAuthorized, publish, resolvePolicy, saveAggregate, zoneOf } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { addedCodes } from '../db/catalog-queries.ts';
import { findFitter, findPlace } from '../db/reference-queries.ts';
import { reclassify, settle } from '../domain/classification-rules.ts';
import { clocksOfReclassified } from '../domain/deadline-rules.ts';
import { isStillFit } from '../domain/dispatch-rules.ts';
import { authorityPolicy, hasAuthority } from '../domain/quote-policy.ts';
import type { PlaceReference } from '../domain/references.ts';
import { requireAction } from '../domain/transition-rules.ts';
import { warrantyPolicy } from '../domain/warranty-policy.ts';
import { catalogOf, problemOf } from '../domain/work-order-catalog.ts';
import { reclassifiedFact } from '../domain/work-order-facts.ts';
import { workPolicy } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import type { ReclassifyWorkOrderInput } from '../graphql/generated.ts';
import { moveReclassified } from './move-reclassified.ts';

export async function reclassifyWorkOrder(tx: Tx, input: ReclassifyWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  requireAction(order, 'reclassifyWorkOrder');
  const { now } = txScope(tx);
  const zone = await zoneOf(tx, order.communityId);
  const reclassified = await reclassifyAs(tx, order, input, zone);
  const isFit = await staysFit(tx, order, reclassified, zone);
  const settled = settle(order, reclassified, isFit, now);
  const figures = await resolvePolicy(tx, workPolicy, order.communityId);
  const moved = clocksOfReclassified(order, settled, now, figures);
  const isTakenBack = order.assigneeId !== settled.assigneeId;
  // The fields of the history show from what to what; the reason names the consequence.
  const consequence = isTakenBack ? 'BACK_TO_DISPATCH' : settled.priority === order.priority ? null : settled.priority;
  const note = {
    action: 'reclassifyWorkOrder',
    rule: 'A067',
    ...(consequence !== null && { reasonCode: consequence }),
  };
  const saved = await saveAggregate(tx, workOrderAggregate, order, { ...settled, dueAt: moved.dueAt }, note);
  publishReclassified(tx, order, saved);
  await moveReclassified(tx, order, saved, { ...moved, zone });
  return { id: saved.id };
}

async function reclassifyAs(
  tx: Tx,
  order: WorkOrder,
  { tradeCode, problemCode, part }: ReclassifyWorkOrderInput,
  zone: string,
): Promise<WorkOrder> {
  const added = await addedCodes(tx, order.communityId);
  const { commonPartRoles } = await resolvePolicy(tx, authorityPolicy, order.communityId);
  return reclassify(order, { tradeCode, problemCode, part: part ?? order.part }, catalogOf(added), {
    before: problemOf(order.problemCode, added),
    mayNameCommonInUnit: hasAuthority(invocationOf(tx).viewer.roles, commonPartRoles),
    // An order's place was known when it was taken in, and places do not vanish.
    place: (await findPlace(tx, order.placeId)) as PlaceReference,
    day: localDate(order.receivedAt, zone),
    warranty: await resolvePolicy(tx, warrantyPolicy, order.communityId),
  });
}

/** Whether whoever has the order is fit for what it now is; only another trade or an emergency asks that anew. */
async function staysFit(tx: Tx, before: WorkOrder, after: WorkOrder, zone: string): Promise<boolean> {
  const isUrgent = after.priority === 'EMERGENCY' && before.priority !== 'EMERGENCY';
  if (before.assigneeId === null || (after.tradeCode === before.tradeCode && !isUrgent)) return true;
  const { now } = txScope(tx);
  return isStillFit(after, await findFitter(tx, before.assigneeId), isUrgent, { now, day: localDate(now, zone) });
}

/** Every fact of its own: what it is about, how urgent, whose no longer, and that a pause is over. */
function publishReclassified(tx: Tx, before: WorkOrder, saved: WorkOrder): void {
  const { id: workOrderId, priority, dueAt } = saved;
  publish(tx, saved, workOrderReclassified, reclassifiedFact(saved));
  if (priority !== before.priority) publish(tx, saved, workOrderPriorityChanged, { workOrderId, priority });
  if (before.status === 'PAUSED' && saved.status !== 'PAUSED')
    publish(tx, saved, workOrderResumed, { workOrderId, dueAt: dueAt?.toISOString() ?? null });
  if (before.assigneeId !== null && saved.assigneeId === null)
    publish(tx, saved, workOrderReturned, { workOrderId, formerAssigneeId: before.assigneeId });
}
