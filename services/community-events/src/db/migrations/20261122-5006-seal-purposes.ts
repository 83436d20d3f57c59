import type { Migration } from '@steward/db';

/**
 * What a venue is booked for may tell of whoever books it, so it is sealed. The keys are not the database's: what was kept
 * in clear is dropped and not carried along, and those bookings have no purpose any more.
 */
const up = `
alter table venue_booking add column purpose_sealed text;
alter table venue_booking drop column purpose;
alter table venue_booking
  add constraint venue_booking_is_for_something check (activity_id is not null or purpose_sealed is not null) not valid;
`;

const down = `
alter table venue_booking add column purpose text;
alter table venue_booking drop column purpose_sealed;
`;

export const migration: Migration = { name: '20261122-5006-seal-purposes', up, down };
