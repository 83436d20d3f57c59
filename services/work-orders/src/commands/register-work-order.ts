import { localDate, refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { requireUploaded } from '@steward/files';
import { authorize, invocationOf, ownHouseholds, resolvePolicy } from '@steward/service-kit';

import { addedCodes } from '../db/catalog-queries.ts';
import { tellSupervisor } from '../db/notices.ts';
import { communityOf, findPlace, holdersOf } from '../db/reference-queries.ts';
import { sealedContact } from '../db/sealed-contact.ts';
import { findBySource, insertPhotos, lockSources } from '../db/work-order-queries.ts';
import { householdAt, intakeViolations, normalPhone, placeViolations, sourceOf } from '../domain/intake-rules.ts';
import type { Request } from '../domain/new-work-order.ts';
import type { CommunityReference, PlaceReference } from '../domain/references.ts';
import { decideResponsibility } from '../domain/responsibility-rules.ts';
import { timeViolations } from '../domain/time-rules.ts';
import { warrantyPolicy } from '../domain/warranty-policy.ts';
import { catalogOf, classify, type Catalog } from '../domain/work-order-catalog.ts';
import { workPolicy, type WorkValues } from '../domain/work-order-policy.ts';
import type { RegisterWorkOrderInput } from '../graphql/generated.ts';
import { enterWorkOrders } from './enter-work-orders.ts';

export async function registerWorkOrder(tx: Tx, input: RegisterWorkOrderInput): Promise<{ id: string }> {
  const holders = await holdersOf(tx, input.placeId);
  await authorizeIntake(tx, input, holders);
  const community = await communityOf(tx, input.communityId);
  const place = await findPlace(tx, input.placeId);
  const catalog = catalogOf(await addedCodes(tx, community.id));
  const figures = await resolvePolicy(tx, workPolicy, community.id);
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
  const { now } = txScope(tx);
  const bounds = { now, backdatingHours: figures.backdatingHours };
  const violations = [
    ...placeViolations(place, input.communityId),
    ...intakeViolations(input, catalog),
    ...(input.receivedAt == null ? [] : timeViolations(input.receivedAt, bounds, 'input.receivedAt')),
  ];
  if (input.source == null) return violations;
  await lockSources(tx);
  const known = await findBySource(tx, [input.source]);
  return known.size === 0
    ? violations
    : [...violations, { path: 'input.source.key', reason: 'SOURCE_KNOWN', rule: 'A066' }];
}

type Settling = { community: CommunityReference; place: PlaceReference; catalog: Catalog; holders: readonly string[] };

async function requestOf(tx: Tx, input: RegisterWorkOrderInput, settling: Settling): Promise<Request> {
  const { community, place, catalog, holders } = settling;
  const { viewer } = invocationOf(tx);
  const receivedAt = input.receivedAt ?? txScope(tx).now;
  const own = await ownHouseholds(tx, viewer);
  const said = input.householdId ?? holders.find((id) => own.includes(id));
  const classes = classify(input, place.kind, catalog);
  const { channelCode } = input;
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
