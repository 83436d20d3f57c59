import { DomainError } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { venueRetired } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { venueAggregate } from '../db/aggregates.ts';
import { venueFact } from '../domain/activity-facts.ts';
import type { RetireVenueInput } from '../graphql/generated.ts';

/** No further bookings; those ahead have to be moved first. */
export async function retireVenue(tx: Tx, input: RetireVenueInput): Promise<{ id: string }> {
  const venue = await lockAuthorized(tx, venueAggregate, input);
  const { now } = txScope(tx);
  if (venue.retiredAt !== null) throw new DomainError('CONFLICT', 'VENUE_RETIRED', { rule: 'A106' });
  const ahead = await rows<{ number: string }>(
    tx,
    `select number from venue_booking where venue_id = $1 and status = 'BOOKED' and ends_at > $2 order by starts_at limit 1`,
    [venue.id, now],
  );
  if (ahead[0] !== undefined) {
    throw new DomainError('CONFLICT', 'VENUE_BOOKED', { rule: 'A106', params: { number: ahead[0].number } });
  }
  const note = { action: 'retireVenue', rule: 'A106' };
  const saved = await saveAggregate(tx, venueAggregate, venue, { ...venue, retiredAt: now }, note);
  publish(tx, saved, venueRetired, venueFact(saved));
  return { id: saved.id };
}
