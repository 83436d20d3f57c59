import { localDate, refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { requireUploaded } from '@steward/files';
import {
  authorize,
  holdersOf,
  invocationOf,
  managedCommunity,
  ownHouseholds,
  resolvePolicy,
} from '@steward/service-kit';

import { addedCodes } from '../db/catalog-queries.ts';
import { tellSupervisor } from '../db/notices.ts';
import { findPlace } from '../db/reference-queries.ts';
import { sealedContact } from '../db/sealed-contact.ts';
import { insertPhotos } from '../db/work-order-queries.ts';
import {
  householdAt,
  importOnlyViolations,
  intakeViolations,
  normalPhone,
  placeViolations,
  residentViolations,
  sourceOf,
} from '../domain/intake-rules.ts';
import type { Request } from '../domain/new-work-order.ts';
import { partViolations } from '../domain/part-rules.ts';
import { authorityPolicy, hasAuthority } from '../domain/quote-policy.ts';
import type { CommunityReference, PlaceReference } from '../domain/references.ts';
import { decideResponsibility } from '../domain/responsibility-rules.ts';
import { timeViolations } from '../domain/time-rules.ts';
import { warrantyPolicy } from '../domain/warranty-policy.ts';
import { catalogOf, classify, type Catalog } from '../domain/work-order-catalog.ts';
import { appChannel, workPolicy, type WorkValues } from '../domain/work-order-policy.ts';
import type { RegisterWorkOrderInput } from '../graphql/generated.ts';
import { enterWorkOrders } from './enter-work-orders.ts';

/** Residents write in the app; everybody else says how the request came in. */
const asSent = (tx: Tx, input: RegisterWorkOrderInput): RegisterWorkOrderInput =>
  invocationOf(tx).viewer.actor === 'person' ? { ...input, channelCode: appChannel } : input;

export async function registerWorkOrder(tx: Tx, sent: RegisterWorkOrderInput): Promise<{ id: string }> {
  const input = asSent(tx, sent);
  const holders = await holdersOf(tx, input.placeId);
  await authorizeIntake(tx, input, holders);
  const community = await managedCommunity(tx, input.communityId);
  const place = await findPlace(tx, input.placeId);
  const catalog = catalogOf(await addedCodes(tx, community.id));
  const figures = await resolvePolicy(tx, workPolicy, community.id);
  if (invocationOf(tx).viewer.actor === 'person') refuseAll(residentViolations(sent));
  refuseAll(await violationsOf(tx, input, { place, catalog, figures }));
  const photos = await requireUploaded(tx, [...new Set(input.photoFileIds)], 'photo', 'input.photoFileIds');
  const request = await requestOf(tx, input, { community, place: place as PlaceReference, catalog, holders });
  const [order] = await enterWorkOrders(tx, { action: 'registerWorkOrder', community, figures }, [request]);
  if (order === undefined) throw new Error('one request makes one order');
  await insertPhotos(
    tx,
    order.id,
    'BEFORE',
    photos.map(({ id }) => id),
  );
  await tellSupervisor(tx, order, 'workOrderReceived', { priority: order.priority, tradeCode: order.tradeCode });
  return { id: order.id };
}

/** Residents report for a household of their own, or about common parts of a community they live in. */
async function authorizeIntake(tx: Tx, input: RegisterWorkOrderInput, holders: readonly string[]): Promise<void> {
  const { viewer } = invocationOf(tx);
  const { communityId } = input;
  const lives = viewer.communityIds === 'all' || viewer.communityIds.includes(communityId);
  const isAboutUnit = holders.length > 0 || input.householdId != null;
  const own = await ownHouseholds(tx, viewer);
  const householdIds = input.householdId == null ? holders.filter((id) => own.includes(id)) : [input.householdId];
  const personIds = viewer.personId !== undefined && lives && !isAboutUnit ? [viewer.personId] : [];
  await authorize(tx, { communityId, householdIds, personIds });
}

type Judging = { place: PlaceReference | undefined; catalog: Catalog; figures: WorkValues };

async function violationsOf(
  tx: Tx,
  input: RegisterWorkOrderInput,
  { place, catalog, figures }: Judging,
): Promise<Violation[]> {
  const bounds = { now: txScope(tx).now, backdatingHours: figures.backdatingHours };
  const { commonPartRoles } = await resolvePolicy(tx, authorityPolicy, input.communityId);
  const mayNameCommonInUnit = hasAuthority(invocationOf(tx).viewer.roles, commonPartRoles);
  const elsewhere = importOnlyViolations(input);
  return [
    ...placeViolations(place, input.communityId),
    ...(place === undefined ? [] : partViolations(input.part, place.kind, mayNameCommonInUnit)),
    ...(elsewhere.length > 0 ? elsewhere : intakeViolations(input, catalog)),
    ...(input.receivedAt == null ? [] : timeViolations(input.receivedAt, bounds, 'input.receivedAt')),
  ];
}

type Settling = { community: CommunityReference; place: PlaceReference; catalog: Catalog; holders: readonly string[] };

async function requestOf(tx: Tx, input: RegisterWorkOrderInput, settling: Settling): Promise<Request> {
  const { community, place, catalog, holders } = settling;
  const { viewer } = invocationOf(tx);
  const receivedAt = input.receivedAt ?? txScope(tx).now;
  const own = await ownHouseholds(tx, viewer);
  const said = input.householdId ?? holders.find((id) => own.includes(id));
  const classes = classify(input, place.kind, catalog);
  // Judged before: whoever is no resident has said it.
  const channelCode = input.channelCode as string;
  const facts = { ...classes, channelCode, place, day: localDate(receivedAt, community.timeZone) };
  return {
    ...classes,
    place,
    channelCode,
    receivedAt,
    householdId: householdAt(said, holders),
    requesterId: viewer.personId ?? null,
    contact: sealedContact(tx, {
      name: input.contactName?.trim() || null,
      phone: normalPhone(input.contactPhone ?? '') || null,
      description: input.description.trim(),
    }),
    convenientFrom: input.convenientFrom ?? null,
    convenientTo: input.convenientTo ?? null,
    source: sourceOf(input.source),
    responsibility: decideResponsibility(facts, await resolvePolicy(tx, warrantyPolicy, community.id)),
  };
}
