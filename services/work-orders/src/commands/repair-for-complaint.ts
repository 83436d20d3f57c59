import { DomainError, localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import type { complaintRepairRequested, StewardEvent } from '@steward/events';
import { holdersOf, managedCommunity, resolvePolicy } from '@steward/service-kit';

import { addedCodes } from '../db/catalog-queries.ts';
import { tellSupervisor } from '../db/notices.ts';
import { findPlace } from '../db/reference-queries.ts';
import { sealedContact } from '../db/sealed-contact.ts';
import { findBySource, lockSources } from '../db/work-order-queries.ts';
import { sourceOf } from '../domain/intake-rules.ts';
import type { Request } from '../domain/new-work-order.ts';
import type { PlaceReference } from '../domain/references.ts';
import { decideResponsibility } from '../domain/responsibility-rules.ts';
import { warrantyPolicy } from '../domain/warranty-policy.ts';
import { catalogOf, classify, type Catalog, type Classes } from '../domain/work-order-catalog.ts';
import { externalAgencyChannel, workPolicy } from '../domain/work-order-policy.ts';
import { enterWorkOrders } from './enter-work-orders.ts';

type RequestData = ReturnType<(typeof complaintRepairRequested)['data']['parse']>;

/** The source system of repairs that a complaint asked for; the key is the request's id. */
const complaintsSystem = 'COMPLAINTS';
const otherRepair = { tradeCode: 'GENERAL', problemCode: 'OTHER_REPAIR' };

/** Reaction: a complaint asks for a repair; its order is known to complaints by its source. */
export async function repairForComplaint(tx: Tx, event: StewardEvent<RequestData>): Promise<void> {
  const { requestId, placeId, number } = event.data;
  const source = { system: complaintsSystem, key: requestId };
  await lockSources(tx);
  if ((await findBySource(tx, [source])).size > 0) return;
  const place = await findPlace(tx, placeId);
  // Told of the place later than of the complaint: parked, and taken when it is tried again.
  if (place === undefined) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  const community = await managedCommunity(tx, place.communityId);
  const { now } = txScope(tx);
  const classes = classesOf(event.data, place, catalogOf(await addedCodes(tx, community.id)));
  const channelCode = externalAgencyChannel;
  const facts = { ...classes, channelCode, place, day: localDate(now, community.timeZone) };
  const request: Request = {
    ...classes,
    place,
    channelCode,
    receivedAt: now,
    householdId: await householdOf(tx, event.data),
    requesterId: null,
    // What was said stays with the complaint; its number leads there.
    contact: sealedContact(tx, { name: null, phone: null, description: `投诉 / Complaint ${number}` }),
    convenientFrom: null,
    convenientTo: null,
    source: sourceOf(source),
    responsibility: decideResponsibility(facts, await resolvePolicy(tx, warrantyPolicy, community.id)),
  };
  const figures = await resolvePolicy(tx, workPolicy, community.id);
  const [order] = await enterWorkOrders(tx, { action: 'repairForComplaint', community, figures }, [request]);
  if (order === undefined) throw new Error('one request makes one order');
  await tellSupervisor(tx, order, 'workOrderReceived', { priority: order.priority, tradeCode: order.tradeCode });
}

/** As asked for; codes that are not offered in the community become a general repair. */
function classesOf(data: RequestData, place: PlaceReference, catalog: Catalog): Classes {
  const isKnown =
    catalog.trades.has(data.tradeCode) && catalog.problems.get(data.problemCode)?.tradeCode === data.tradeCode;
  const priority = data.isEmergency ? 'EMERGENCY' : null;
  return classify({ ...(isKnown ? data : otherRepair), priority }, place.kind, catalog);
}

/** The household that complains, if the work is done in a unit that it holds. */
async function householdOf(tx: Tx, { householdId, placeId }: RequestData): Promise<string | null> {
  const holders = await holdersOf(tx, placeId);
  if (householdId !== null && holders.includes(householdId)) return householdId;
  return holders.length === 1 ? (holders[0] ?? null) : null;
}
