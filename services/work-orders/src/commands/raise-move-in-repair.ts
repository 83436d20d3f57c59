import { DomainError, localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import type { moveInDefectFound, StewardEvent, takeoverDefectFound } from '@steward/events';
import { managedCommunity, resolvePolicy } from '@steward/service-kit';

import { addedCodes } from '../db/catalog-queries.ts';
import { tellSupervisor } from '../db/notices.ts';
import { findPlace } from '../db/reference-queries.ts';
import { sealedContact } from '../db/sealed-contact.ts';
import { findBySource, lockSources } from '../db/work-order-queries.ts';
import { sourceOf } from '../domain/intake-rules.ts';
import { decideResponsibility } from '../domain/responsibility-rules.ts';
import { warrantyPolicy } from '../domain/warranty-policy.ts';
import { catalogOf, classify } from '../domain/work-order-catalog.ts';
import { moveInInspectionChannel, workPolicy } from '../domain/work-order-policy.ts';
import { enterWorkOrders } from './enter-work-orders.ts';

type MoveInDefect = ReturnType<(typeof moveInDefectFound)['data']['parse']>;
type TakeoverDefect = ReturnType<(typeof takeoverDefectFound)['data']['parse']>;

/** A defect that the developer is to repair; the key of its source is the defect's id. */
type Repair = {
  system: 'MOVE_IN' | 'TAKEOVER';
  defectId: string;
  placeId: string;
  householdId: string | null;
  tradeCode: string;
  problemCode: string;
  /** What was said stays with the form; its number leads there. */
  description: string;
};

const otherRepair = { tradeCode: 'GENERAL', problemCode: 'OTHER_REPAIR' };

async function raise(tx: Tx, action: string, repair: Repair): Promise<void> {
  const { placeId, householdId, description } = repair;
  const source = { system: repair.system, key: repair.defectId };
  await lockSources(tx);
  if ((await findBySource(tx, [source])).size > 0) return;
  const place = await findPlace(tx, placeId);
  // Told of the place later than of the defect: parked, and taken when it is tried again.
  if (place === undefined) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  const community = await managedCommunity(tx, place.communityId);
  const catalog = catalogOf(await addedCodes(tx, community.id));
  const isOffered = catalog.problems.get(repair.problemCode)?.tradeCode === repair.tradeCode;
  // Inside a unit it is as delivered, on common ground common: both free, because the developer answers for them.
  const part = place.kind === 'UNIT' ? ('AS_DELIVERED' as const) : ('COMMON' as const);
  const classes = classify({ ...(isOffered ? repair : otherRepair), part }, place.kind, catalog);
  const { now } = txScope(tx);
  const channelCode = moveInInspectionChannel;
  const facts = { ...classes, channelCode, place, day: localDate(now, community.timeZone) };
  const request = {
    ...classes,
    place,
    channelCode,
    receivedAt: now,
    householdId,
    requesterId: null,
    contact: sealedContact(tx, { name: null, phone: null, description }),
    convenientFrom: null,
    convenientTo: null,
    source: sourceOf(source),
    responsibility: decideResponsibility(facts, await resolvePolicy(tx, warrantyPolicy, community.id)),
  };
  const figures = await resolvePolicy(tx, workPolicy, community.id);
  const [order] = await enterWorkOrders(tx, { action, community, figures }, [request]);
  if (order === undefined) throw new Error('one request makes one order');
  await tellSupervisor(tx, order, 'workOrderReceived', { priority: order.priority, tradeCode: order.tradeCode });
}

/** Reaction: a defect found at move-in becomes an order for the developer's warranty (A058), once for each defect. */
export const raiseMoveInRepair = (tx: Tx, { data }: StewardEvent<MoveInDefect>): Promise<void> =>
  raise(tx, 'raiseMoveInRepair', {
    system: 'MOVE_IN',
    defectId: data.defectId,
    placeId: data.unitId,
    householdId: data.householdId,
    tradeCode: data.tradeCode,
    problemCode: data.problemCode,
    description: `房屋质量验收登记表 / Acceptance form ${data.moveInNumber}: ${data.itemCode}`,
  });

/** Reaction: a defect left over at the takeover from the developer likewise (A215). */
export const raiseTakeoverRepair = (tx: Tx, { data }: StewardEvent<TakeoverDefect>): Promise<void> =>
  raise(tx, 'raiseTakeoverRepair', {
    system: 'TAKEOVER',
    defectId: data.defectId,
    placeId: data.placeId,
    householdId: null,
    tradeCode: data.tradeCode,
    problemCode: data.problemCode,
    description: `接管验收遗留问题 / Takeover ${data.takeoverNumber}: ${data.itemCode}`,
  });
