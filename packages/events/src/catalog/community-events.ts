import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { deadlineEvents, policyEvents } from '../shared-events.ts';

const publisher = 'community-events';
const id = z.guid();
const instant = z.iso.datetime();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const count = z.int().min(0);
const money = z.object({
  amount: z.int().describe('minor units of the currency'),
  currency: z.string().length(3).describe('ISO 4217'),
});

// ---- Activity: one fact for each thing that happens to it, in the order of its versions. Never what somebody wrote.

const activity = { publisher, aggregate: 'activity', version: 1 } as const;
const ofActivity = { activityId: id };

const planData = z.object({
  ...ofActivity,
  number: z.string().min(1),
  kind: z.enum(['COMMUNITY', 'MERCHANT']),
  merchantId: id.nullable(),
  organiserId: id,
  venueId: id.nullable(),
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  capacity: count.nullable(),
  budget: money.nullable(),
  departmentCodes: z.array(code),
});

export const activityPlanned = defineEvent({
  ...activity,
  fact: 'planned',
  description: 'Somebody began to plan an activity.',
  data: planData,
});

export const activityPlanUpdated = defineEvent({
  ...activity,
  fact: 'plan-updated',
  description: 'The plan was changed before it was put forward.',
  data: planData,
});

export const activityProceduresRecorded = defineEvent({
  ...activity,
  fact: 'procedures-recorded',
  description: "Papers of a merchant's activity were looked at.",
  data: z.object({ ...ofActivity, results: z.array(z.object({ code, passed: z.boolean() })) }),
});

export const activityPlanSubmitted = defineEvent({
  ...activity,
  fact: 'plan-submitted',
  description: 'The plan is whole and awaits a decision.',
  data: z.object({ ...ofActivity, approvalId: id, approverRole: z.string().min(1) }),
});

export const activityApproved = defineEvent({
  ...activity,
  fact: 'approved',
  description: 'The plan was approved: registration is open, the departments prepare.',
  data: planData,
});

export const activityPlanReturned = defineEvent({
  ...activity,
  fact: 'plan-returned',
  description: 'The plan was not approved and goes back.',
  data: z.object(ofActivity),
});

export const activityDutiesAssigned = defineEvent({
  ...activity,
  fact: 'duties-assigned',
  description: 'Who prepares what before the activity.',
  data: z.object({
    ...ofActivity,
    duties: z.array(z.object({ dutyId: id, departmentCode: code, staffId: id.nullable() })),
  }),
});

export const activityDutyConfirmed = defineEvent({
  ...activity,
  fact: 'duty-confirmed',
  description: 'A department says that what it prepares stands.',
  data: z.object({ ...ofActivity, dutyId: id, departmentCode: code, openDutyCount: count }),
});

export const activityStarted = defineEvent({
  ...activity,
  fact: 'started',
  description: 'The activity began.',
  data: z.object({ ...ofActivity, startedAt: instant }),
});

export const activitySiteControlled = defineEvent({
  ...activity,
  fact: 'site-controlled',
  description: "The site of a merchant's activity was looked at.",
  data: z.object({ ...ofActivity, results: z.array(z.object({ code, passed: z.boolean() })) }),
});

export const activityPrizeAwarded = defineEvent({
  ...activity,
  fact: 'prize-awarded',
  description: 'A prize was given out.',
  data: z.object({ ...ofActivity, prizeId: id, registrationId: id.nullable() }),
});

export const activityCostRecorded = defineEvent({
  ...activity,
  fact: 'cost-recorded',
  description: 'Money was spent for the activity, or an entry of it taken back (below zero).',
  data: z.object({ ...ofActivity, costId: id, cost: money, actual: money }),
});

export const activityFinished = defineEvent({
  ...activity,
  fact: 'finished',
  description: 'The activity is over.',
  data: z.object({ ...ofActivity, finishedAt: instant, attendanceCount: count }),
});

export const activityRecordsAdded = defineEvent({
  ...activity,
  fact: 'records-added',
  description: 'Notes, photos or films were kept of the activity.',
  data: z.object({ ...ofActivity, kinds: z.array(z.enum(['NOTE', 'PHOTO', 'VIDEO'])) }),
});

export const activityArchived = defineEvent({
  ...activity,
  fact: 'archived',
  description: 'The archive of the activity is complete.',
  data: z.object({ ...ofActivity, attendanceCount: count, budget: money, actual: money }),
});

export const activityCancelled = defineEvent({
  ...activity,
  fact: 'cancelled',
  description: 'The activity does not take place.',
  data: z.object({ ...ofActivity, reasonCode: code }),
});

export const activityDeadlines = deadlineEvents(publisher, 'activity');

// ---- Registration

const registration = { publisher, aggregate: 'activity-registration', version: 1 } as const;
const registrationData = z.object({
  registrationId: id,
  activityId: id,
  householdId: id.nullable(),
  personId: id.nullable(),
  participantCount: z.int().min(1),
  status: z.enum(['REGISTERED', 'WAITING', 'CHECKED_IN', 'CANCELLED']),
});

export const activityRegistrationMade = defineEvent({
  ...registration,
  fact: 'made',
  description: 'Somebody takes part in an activity, or waits for a place.',
  data: registrationData,
});

export const activityRegistrationPromoted = defineEvent({
  ...registration,
  fact: 'promoted',
  description: 'A place became free for somebody who waited.',
  data: registrationData,
});

export const activityRegistrationCancelled = defineEvent({
  ...registration,
  fact: 'cancelled',
  description: 'Somebody does not take part after all, or the activity does not take place.',
  data: registrationData,
});

export const activityRegistrationCheckedIn = defineEvent({
  ...registration,
  fact: 'checked-in',
  description: 'Somebody came to the activity.',
  data: registrationData,
});

// ---- Venue and booking

const venue = { publisher, aggregate: 'venue', version: 1 } as const;
const venueData = z.object({ venueId: id, kindCode: code, placeId: id.nullable(), capacity: z.int().min(1) });

export const venueRegistered = defineEvent({
  ...venue,
  fact: 'registered',
  description: 'A place that activities can take place at.',
  data: venueData,
});

export const venueUpdated = defineEvent({
  ...venue,
  fact: 'updated',
  description: 'What is known of a venue was corrected.',
  data: venueData,
});

export const venueRetired = defineEvent({
  ...venue,
  fact: 'retired',
  description: 'The venue takes no further bookings.',
  data: venueData,
});

const booking = { publisher, aggregate: 'venue-booking', version: 1 } as const;
const bookingData = z.object({
  bookingId: id,
  venueId: id,
  activityId: id.nullable(),
  startsAt: instant,
  endsAt: instant,
});

export const venueBookingBooked = defineEvent({
  ...booking,
  fact: 'booked',
  description: 'A venue is taken for a time.',
  data: bookingData,
});

export const venueBookingReleased = defineEvent({
  ...booking,
  fact: 'released',
  description: 'The time of a booking is free again.',
  data: bookingData,
});

export const communityEventsPolicy = policyEvents(publisher);
