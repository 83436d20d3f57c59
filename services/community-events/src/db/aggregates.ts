import { activityDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { Activity, ActivityRegistration } from '../domain/activity.ts';
import type { Venue, VenueBooking } from '../domain/venue.ts';
import { activityEntity, activityRegistrationEntity } from './activity-entities.ts';
import { surveyAggregates } from './survey-aggregates.ts';
import { noticeAggregates } from './notice-aggregates.ts';
import { venueBookingEntity, venueEntity } from './venue-entities.ts';

const inCommunity = ({ communityId }: { communityId: string }) => ({ communityId });

export const activityAggregate = defineAggregate<Activity>({
  type: 'activity',
  table: 'activity',
  graphqlType: 'Activity',
  entity: activityEntity,
  deadlines: activityDeadlines,
  subject: inCommunity,
});

export const activityRegistrationAggregate = defineAggregate<ActivityRegistration>({
  type: 'activity-registration',
  table: 'activity_registration',
  graphqlType: 'ActivityRegistration',
  entity: activityRegistrationEntity,
  sealed: ['contactNameSealed', 'contactNameMasked', 'contactPhoneSealed', 'contactPhoneMasked'],
  subject: ({ communityId, personId, householdId }) => ({
    communityId,
    personIds: personId === null ? [] : [personId],
    householdIds: householdId === null ? [] : [householdId],
  }),
  listSubject: {
    person: ({ row }, id) => `${row}.person_id = ${id}`,
    households: ({ row }, ids) => `${row}.household_id = any(${ids})`,
  },
});

export const venueAggregate = defineAggregate<Venue>({
  type: 'venue',
  table: 'venue',
  graphqlType: 'Venue',
  entity: venueEntity,
  subject: inCommunity,
});

export const venueBookingAggregate = defineAggregate<VenueBooking>({
  type: 'venue-booking',
  table: 'venue_booking',
  graphqlType: 'VenueBooking',
  entity: venueBookingEntity,
  subject: inCommunity,
  sealed: ['purposeSealed'],
});

export const aggregates = [
  activityAggregate,
  activityRegistrationAggregate,
  venueAggregate,
  venueBookingAggregate,
  ...noticeAggregates,
  ...surveyAggregates,
];
