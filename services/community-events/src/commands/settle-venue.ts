import { DomainError, localDate, localTime, newId, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { venueBookingBooked, venueBookingReleased } from '@steward/events';
import { insertAggregate, nextNumber, publish, saveAggregate, zoneOf } from '@steward/service-kit';

import { venueBookingAggregate } from '../db/aggregates.ts';
import { bookingOfActivity, clashOf, lockVenue } from '../db/venue-queries.ts';
import { bookingFact } from '../domain/activity-facts.ts';
import { numberPrefixes } from '../domain/activity-policy.ts';
import { venueViolations } from '../domain/plan-rules.ts';
import type { Venue, VenueBooking } from '../domain/venue.ts';

type Time = { startsAt: Date; endsAt: Date };

/** Within the hours of one day, by the clock of the community. */
function isOpen(venue: Venue, { startsAt, endsAt }: Time, zone: string): boolean {
  const sameDay = localDate(startsAt, zone) === localDate(endsAt, zone);
  return sameDay && localTime(startsAt, zone) >= venue.openFrom && localTime(endsAt, zone) <= venue.openTo;
}

type Wanted = {
  venueId: string;
  communityId: string;
  capacity: number | null;
  time: Time | null;
  activityId: string | null;
};

/**
 * What stands against a venue, which stays locked: unknown, retired, too small, shut, or taken at the time. Two that book
 * at once wait for one another; the database would refuse the second in any case.
 */
export async function venueRefusals(tx: Tx, wanted: Wanted, rule: string): Promise<Violation[]> {
  const { venueId, communityId, capacity, time, activityId } = wanted;
  const venue = await lockVenue(tx, venueId);
  const opening = venue === null || time === null || isOpen(venue, time, await zoneOf(tx, communityId));
  const violations = venueViolations({ venue, communityId, capacity, opening }, rule);
  if (violations.length > 0 || time === null) return violations;
  const clash = await clashOf(tx, venueId, time, activityId);
  if (clash === undefined) return [];
  return [{ path: 'input.venueId', reason: 'VENUE_TAKEN', rule, params: { number: clash.number } }];
}

type NewBooking = Time & {
  communityId: string;
  venueId: string;
  activityId: string | null;
  purposeSealed: string | null;
};

export async function book(tx: Tx, booking: NewBooking, action: string): Promise<VenueBooking> {
  const { communityId } = booking;
  const number = await nextNumber(tx, communityId, numberPrefixes.booking, await zoneOf(tx, communityId));
  const fresh = { ...booking, id: newId(), number, status: 'BOOKED' as const };
  const saved = await insertAggregate(tx, venueBookingAggregate, fresh, { action, rule: 'A106' });
  publish(tx, saved, venueBookingBooked, bookingFact(saved));
  return saved;
}

export async function release(tx: Tx, booking: VenueBooking, action: string): Promise<void> {
  if (booking.status === 'RELEASED') throw new DomainError('CONFLICT', 'BOOKING_RELEASED', { rule: 'A106' });
  const note = { action, rule: 'A106' };
  const released: VenueBooking = { ...booking, status: 'RELEASED' };
  const saved = await saveAggregate(tx, venueBookingAggregate, booking, released, note);
  publish(tx, saved, venueBookingReleased, bookingFact(saved));
}

type Held = { id: string; communityId: string; venueId: string | null; startsAt: Date | null; endsAt: Date | null };

/** Makes the booking of an activity what its plan says; the venue was judged before. */
export async function bookForActivity(tx: Tx, plan: Held, action: string): Promise<void> {
  const { id: activityId, communityId, venueId, startsAt, endsAt } = plan;
  const before = await bookingOfActivity(tx, activityId);
  const { now } = txScope(tx);
  const isSame =
    before !== null &&
    before.venueId === venueId &&
    before.startsAt.getTime() === startsAt?.getTime() &&
    before.endsAt.getTime() === endsAt?.getTime();
  if (isSame) return;
  if (before !== null) await release(tx, before, action);
  if (venueId === null || startsAt === null || endsAt === null || endsAt <= now) return;
  await book(tx, { communityId, venueId, activityId, purposeSealed: null, startsAt, endsAt }, action);
}
