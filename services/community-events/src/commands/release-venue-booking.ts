import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { authorize, lockAggregate } from '@steward/service-kit';

import { venueBookingAggregate } from '../db/aggregates.ts';
import type { ReleaseVenueBookingInput } from '../graphql/generated.ts';
import { release } from './settle-venue.ts';

export async function releaseVenueBooking(tx: Tx, input: ReleaseVenueBookingInput): Promise<{ id: string }> {
  const booking = await lockAggregate(tx, venueBookingAggregate, input.id, input.expectedVersion);
  await authorize(tx, venueBookingAggregate.subject(booking));
  if (booking.activityId !== null) throw new DomainError('CONFLICT', 'BOOKING_OF_ACTIVITY', { rule: 'A106' });
  await release(tx, booking, 'releaseVenueBooking');
  return { id: booking.id };
}
