import type { Activity, ActivityRegistration } from './activity.ts';
import type { Venue, VenueBooking } from './venue.ts';

/** What the facts of the service tell: ids, codes and figures, never a word that somebody wrote. */
export const planFact = (activity: Activity) => ({
  activityId: activity.id,
  number: activity.number,
  kind: activity.kind,
  merchantId: activity.merchantId,
  organiserId: activity.organiserId,
  venueId: activity.venueId,
  startsAt: activity.startsAt?.toISOString() ?? null,
  endsAt: activity.endsAt?.toISOString() ?? null,
  capacity: activity.capacity,
  budget: activity.budgetAmount === null ? null : { amount: activity.budgetAmount, currency: activity.currency },
  departmentCodes: activity.departmentCodes,
});

export const registrationFact = (registration: ActivityRegistration) => ({
  registrationId: registration.id,
  activityId: registration.activityId,
  householdId: registration.householdId,
  personId: registration.personId,
  participantCount: registration.participantCount,
  status: registration.status,
});

export const venueFact = ({ id: venueId, kindCode, placeId, capacity }: Venue) => ({
  venueId,
  kindCode,
  placeId,
  capacity,
});

export const bookingFact = ({ id: bookingId, venueId, activityId, startsAt, endsAt }: VenueBooking) => ({
  bookingId,
  venueId,
  activityId,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
});
