import { localDate, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { workOrderLocated } from '@steward/events';
import { holdersOf, lockAuthorized, publish, resolvePolicy, saveAggregate, zoneOf } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { addedCodes } from '../db/catalog-queries.ts';
import { findPlace } from '../db/reference-queries.ts';
import { locate } from '../domain/classification-rules.ts';
import { householdAt, placeViolations } from '../domain/intake-rules.ts';
import type { PlaceReference } from '../domain/references.ts';
import { requireAction } from '../domain/transition-rules.ts';
import { warrantyPolicy } from '../domain/warranty-policy.ts';
import { problemOf } from '../domain/work-order-catalog.ts';
import { locatedFact } from '../domain/work-order-facts.ts';
import type { LocateWorkOrderInput } from '../graphql/generated.ts';

export async function locateWorkOrder(tx: Tx, input: LocateWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  requireAction(order, 'locateWorkOrder');
  const place = await findPlace(tx, input.placeId);
  refuseAll(placeViolations(place, order.communityId));
  const householdId = householdAt(input.householdId, await holdersOf(tx, input.placeId));
  const located = locate(order, householdId, {
    place: place as PlaceReference,
    problem: problemOf(order.problemCode, await addedCodes(tx, order.communityId)),
    day: localDate(order.receivedAt, await zoneOf(tx, order.communityId)),
    warranty: await resolvePolicy(tx, warrantyPolicy, order.communityId),
  });
  const saved = await saveAggregate(tx, workOrderAggregate, order, located, {
    action: 'locateWorkOrder',
    rule: 'A066',
  });
  publish(tx, saved, workOrderLocated, locatedFact(saved));
  return { id: saved.id };
}
