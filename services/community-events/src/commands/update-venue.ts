import { DomainError, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { venueUpdated } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { venueAggregate } from '../db/aggregates.ts';
import { venueFact } from '../domain/activity-facts.ts';
import { venueInputViolations } from '../domain/venue-rules.ts';
import type { UpdateVenueInput } from '../graphql/generated.ts';
import { placeViolations } from './register-venue.ts';

export async function updateVenue(tx: Tx, input: UpdateVenueInput): Promise<{ id: string }> {
  const venue = await lockAuthorized(tx, venueAggregate, input);
  if (venue.retiredAt !== null) throw new DomainError('CONFLICT', 'VENUE_RETIRED', { rule: 'A106' });
  const after = {
    ...venue,
    nameZh: input.nameZh?.trim() ?? venue.nameZh,
    nameEn: input.nameEn?.trim() ?? venue.nameEn,
    capacity: input.capacity ?? venue.capacity,
    openFrom: input.openFrom ?? venue.openFrom,
    openTo: input.openTo ?? venue.openTo,
    placeId: input.placeId === undefined ? venue.placeId : input.placeId,
  };
  refuseAll([...venueInputViolations(after), ...(await placeViolations(tx, after.placeId, venue.communityId))]);
  const saved = await saveAggregate(tx, venueAggregate, venue, after, { action: 'updateVenue', rule: 'A106' });
  publish(tx, saved, venueUpdated, venueFact(saved));
  return { id: saved.id };
}
