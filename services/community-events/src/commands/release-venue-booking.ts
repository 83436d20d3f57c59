import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { lockAuthorized } from '@steward/service-kit';

import { venueBookingAggregate } from '../db/aggregates.ts';
import type { ReleaseVenueBookingInput } from '../graphql/generated.ts';
import { release } from './settle-venue.ts';

export async function releaseVenueBooking(tx: Tx, input: ReleaseVenueBookingInput): Promise<{ id: string }> {
  const booking = await lockAuthorized(tx, venueBookingAggregate, input);
  if (booking.activityId !== null) throw new DomainError('CONFLICT', 'BOOKING_OF_ACTIVITY', { rule: 'A106' });
  await release(tx, booking, 'releaseVenueBooking');
  return { id: booking.id };
}
