import { localDate, refuseAll, refuseTooMany } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import {
  asRefusal,
  authorize,
  invocationOf,
  managedCommunity,
  resolvePolicy,
  type RefusalValue,
} from '@steward/service-kit';

import { addedCodes } from '../db/catalog-queries.ts';
import { findPlaces } from '../db/reference-queries.ts';
import { sealedContact } from '../db/sealed-contact.ts';
import { findBySource, lockSources, sourceKey } from '../db/work-order-queries.ts';
import { intakeViolations, placeViolations, sourceOf } from '../domain/intake-rules.ts';
import type { Request } from '../domain/new-work-order.ts';
import { partViolations } from '../domain/part-rules.ts';
import { authorityPolicy, hasAuthority } from '../domain/quote-policy.ts';
import type { CommunityReference, PlaceReference } from '../domain/references.ts';
import { decideResponsibility } from '../domain/responsibility-rules.ts';
import { warrantyPolicy, type WarrantyValues } from '../domain/warranty-policy.ts';
import { catalogOf, classify, type Catalog } from '../domain/work-order-catalog.ts';
import { bulkLimits, externalAgencyChannel, workPolicy } from '../domain/work-order-policy.ts';
import type { ImportWorkOrderRow, ImportWorkOrdersInput } from '../graphql/generated.ts';
import { enterWorkOrders } from './enter-work-orders.ts';

type Answer = { index: number; isNew: boolean; id: string | null; refusal: RefusalValue | null };
type Judged = { answer: Answer; request: Request | null };

export async function importWorkOrders(
  tx: Tx,
  { communityId, rows }: ImportWorkOrdersInput,
): Promise<{ results: Answer[] }> {
  await authorize(tx, { communityId });
  refuseTooMany(rows.length, bulkLimits.importRows.value, 'input.rows', bulkLimits.importRows.rule);
  const community = await managedCommunity(tx, communityId);
  await lockSources(tx);
  const { commonPartRoles } = await resolvePolicy(tx, authorityPolicy, communityId);
  const judging: Judging = {
    community,
    places: await findPlaces(
      tx,
      rows.map(({ placeId }) => placeId),
    ),
    known: await findBySource(
      tx,
      rows.map(({ source }) => source),
    ),
    taken: new Set(),
    catalog: catalogOf(await addedCodes(tx, communityId)),
    warranty: await resolvePolicy(tx, warrantyPolicy, communityId),
    mayNameCommonInUnit: hasAuthority(invocationOf(tx).viewer.roles, commonPartRoles),
  };
  const judged = rows.map((row, index) => judgeRow(tx, row, index, judging));
  const accepted = judged.filter(({ request }) => request !== null);
  const figures = await resolvePolicy(tx, workPolicy, communityId);
  const requests = accepted.map(({ request }) => request as Request);
  const orders = await enterWorkOrders(tx, { action: 'importWorkOrders', community, figures }, requests);
  accepted.forEach(({ answer }, index) => (answer.id = orders[index]?.id ?? null));
  return { results: judged.map(({ answer }) => answer) };
}

type Judging = {
  community: CommunityReference;
  places: Map<string, PlaceReference>;
  known: Map<string, string>;
  taken: Set<string>;
  catalog: Catalog;
  warranty: WarrantyValues;
  mayNameCommonInUnit: boolean;
};

/** A known row is answered by its order, a bad one by its refusal, any other is to be entered. */
function judgeRow(tx: Tx, row: ImportWorkOrderRow, index: number, judging: Judging): Judged {
  const id = judging.known.get(sourceKey(row.source));
  if (id !== undefined) return { answer: { index, isNew: false, id, refusal: null }, request: null };
  try {
    const request = requestOf(tx, row, judging);
    return { answer: { index, isNew: true, id: null, refusal: null }, request };
  } catch (error) {
    return { answer: { index, isNew: false, id: null, refusal: asRefusal(error) }, request: null };
  }
}

function requestOf(tx: Tx, row: ImportWorkOrderRow, judging: Judging): Request {
  const { community, places, taken, catalog, warranty } = judging;
  const channelCode = externalAgencyChannel;
  const place = places.get(row.placeId);
  const key = sourceKey(row.source);
  refuseAll([
    ...placeViolations(place, community.id),
    ...intakeViolations({ ...row, channelCode }, catalog),
    ...(place === undefined ? [] : partViolations(row.part, place.kind, judging.mayNameCommonInUnit)),
    ...(taken.has(key) ? [{ path: 'input.source.key', reason: 'SOURCE_REPEATED', rule: 'A066' }] : []),
  ]);
  taken.add(key);
  const { now } = txScope(tx);
  const at = place as PlaceReference;
  const classes = classify(row, at.kind, catalog);
  return {
    ...classes,
    place: at,
    channelCode,
    // Our clocks run from the import; the other agency's times stay source fields.
    receivedAt: now,
    householdId: null,
    requesterId: null,
    contact: sealedContact(tx, { name: null, phone: null, description: row.description.trim() }),
    convenientFrom: null,
    convenientTo: null,
    source: sourceOf(row.source),
    responsibility: decideResponsibility(
      { ...classes, channelCode, place: at, day: localDate(now, community.timeZone) },
      warranty,
    ),
  };
}
