import { newId, refuseAll, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { venueRegistered } from '@steward/events';
import {
  authorize,
  findPlaceReference,
  insertAggregate,
  managedCommunity,
  nextNumber,
  publish,
} from '@steward/service-kit';

import { venueAggregate } from '../db/aggregates.ts';
import { venueFact } from '../domain/activity-facts.ts';
import { numberPrefixes } from '../domain/activity-policy.ts';
import { venueInputViolations } from '../domain/venue-rules.ts';
import type { RegisterVenueInput } from '../graphql/generated.ts';

export async function registerVenue(tx: Tx, input: RegisterVenueInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const { id: communityId, timeZone } = await managedCommunity(tx, input.communityId);
  const { kindCode, capacity, openFrom, openTo, placeId = null } = input;
  refuseAll([...venueInputViolations(input), ...(await placeViolations(tx, placeId, communityId))]);
  const number = await nextNumber(tx, communityId, numberPrefixes.venue, timeZone);
  const names = { nameZh: input.nameZh.trim(), nameEn: input.nameEn.trim() };
  const fresh = {
    id: newId(),
    communityId,
    number,
    kindCode,
    ...names,
    placeId,
    capacity,
    openFrom,
    openTo,
    retiredAt: null,
  };
  const saved = await insertAggregate(tx, venueAggregate, fresh, { action: 'registerVenue', rule: 'A106' });
  publish(tx, saved, venueRegistered, venueFact(saved));
  return { id: saved.id };
}

export async function placeViolations(tx: Tx, placeId: string | null, communityId: string): Promise<Violation[]> {
  if (placeId === null) return [];
  const place = await findPlaceReference(tx, placeId);
  return place?.communityId === communityId ? [] : [{ path: 'input.placeId', reason: 'PLACE_UNKNOWN', rule: 'A106' }];
}
