import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { Venue, VenueBooking } from '../domain/venue.ts';

const optional = { nullable: true };

export const venueEntity = defineEntity<Venue>({
  name: 'Venue',
  table: 'venue',
  columns: {
    ...aggregateColumns,
    kindCode: column.text(),
    nameZh: column.text(),
    nameEn: column.text(),
    placeId: column.uuid(optional),
    capacity: column.int(),
    openFrom: column.time(),
    openTo: column.time(),
    retiredAt: column.instant(optional),
  },
});

export const venueBookingEntity = defineEntity<VenueBooking>({
  name: 'VenueBooking',
  table: 'venue_booking',
  columns: {
    ...aggregateColumns,
    venueId: column.uuid(),
    activityId: column.uuid(optional),
    purposeSealed: column.text(optional),
    startsAt: column.instant(),
    endsAt: column.instant(),
    status: column.text(),
  },
});

export const venueEntities = [venueEntity, venueBookingEntity];
