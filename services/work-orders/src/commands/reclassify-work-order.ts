import { localDate } from '@steward/core';
import type { Tx } from '@steward/db';
import { workOrderReclassified } from '@steward/events';
import { authorize, lockAggregate, publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { addedCodes } from '../db/catalog-queries.ts';
import { tellSupervisor } from '../db/notices.ts';
import { findPlace, zoneOf } from '../db/reference-queries.ts';
import { reclassify } from '../domain/classification-rules.ts';
import type { PlaceReference } from '../domain/references.ts';
import { warrantyPolicy } from '../domain/warranty-policy.ts';
import { catalogOf } from '../domain/work-order-catalog.ts';
import { reclassifiedFact } from '../domain/work-order-facts.ts';
import type { ReclassifyWorkOrderInput } from '../graphql/generated.ts';

export async function reclassifyWorkOrder(tx: Tx, input: ReclassifyWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAggregate(tx, workOrderAggregate, input.id, input.expectedVersion);
  await authorize(tx, workOrderAggregate.subject(order));
  const { tradeCode, problemCode } = input;
  const classes = { tradeCode, problemCode, part: input.part ?? order.part };
  const catalog = catalogOf(await addedCodes(tx, order.communityId));
  const reclassified = reclassify(order, classes, catalog, {
    // An order's place was known when it was taken in, and places do not vanish.
    place: (await findPlace(tx, order.placeId)) as PlaceReference,
    day: localDate(order.receivedAt, await zoneOf(tx, order.communityId)),
    warranty: await resolvePolicy(tx, warrantyPolicy, order.communityId),
  });
  const note = { action: 'reclassifyWorkOrder', rule: 'A067' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, reclassified, note);
  publish(tx, saved, workOrderReclassified, reclassifiedFact(saved));
  if (saved.departmentCode !== order.departmentCode)
    await tellSupervisor(tx, saved, 'workOrderReceived', { tradeCode, priority: saved.priority });
  return { id: saved.id };
}
