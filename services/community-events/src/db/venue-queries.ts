import { rows, type Tx } from '@steward/db';
import type { SelectQueryBuilder } from 'typeorm';

import type { Venue, VenueBooking } from '../domain/venue.ts';
import type { VenueBookingFilter, VenueFilter } from '../graphql/generated.ts';
import { venueBookingEntity, venueEntity } from './venue-entities.ts';

/** A venue, locked: whoever books it next waits for this transaction. */
export const lockVenue = (tx: Tx, id: string): Promise<Venue | null> =>
  tx.createQueryBuilder(venueEntity, 'v').setLock('pessimistic_write').where('v.id = :id', { id }).getOne();

type Time = { startsAt: Date; endsAt: Date };

/** The booking that stands in the way of a time, but for that of the activity itself. */
export async function clashOf(
  tx: Tx,
  venueId: string,
  { startsAt, endsAt }: Time,
  activityId: string | null,
): Promise<{ number: string } | undefined> {
  const [found] = await rows<{ number: string }>(
    tx,
    `select number from venue_booking
      where venue_id = $1 and status = 'BOOKED' and tstzrange(starts_at, ends_at) && tstzrange($2, $3)
        and activity_id is distinct from $4 order by starts_at limit 1`,
    [venueId, startsAt, endsAt, activityId],
  );
  return found;
}

export const bookingOfActivity = (tx: Tx, activityId: string): Promise<VenueBooking | null> =>
  tx.findOneBy(venueBookingEntity, { activityId, status: 'BOOKED' });

export function venueQuery(tx: Tx, { communityId, kindCode, isRetired }: VenueFilter): SelectQueryBuilder<Venue> {
  const query = tx.createQueryBuilder(venueEntity, 'v');
  if (communityId != null) query.andWhere('v.community_id = :communityId', { communityId });
  if (kindCode != null) query.andWhere('v.kind_code = :kindCode', { kindCode });
  if (isRetired != null) query.andWhere(`v.retired_at is ${isRetired ? 'not ' : ''}null`);
  return query;
}

export function bookingQuery(tx: Tx, filter: VenueBookingFilter): SelectQueryBuilder<VenueBooking> {
  const query = tx.createQueryBuilder(venueBookingEntity, 'b');
  const { communityId, venueId, startsFrom, startsTo, status } = filter;
  if (communityId != null) query.andWhere('b.community_id = :communityId', { communityId });
  if (venueId != null) query.andWhere('b.venue_id = :venueId', { venueId });
  if (status != null) query.andWhere('b.status = :status', { status });
  if (startsFrom != null) query.andWhere('b.starts_at >= :startsFrom', { startsFrom });
  if (startsTo != null) query.andWhere('b.starts_at < :startsTo', { startsTo });
  return query;
}
