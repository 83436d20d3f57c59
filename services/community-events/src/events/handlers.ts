import {
  householdMembershipEnded,
  householdMembershipStarted,
  householdRegistered,
  householdSegmentChanged,
  personErased,
  subscribe,
  subscribeTogether,
} from '@steward/events';
import { communityHandlers, keepHouseholdMembers, placeHandlers, staffHandlers } from '@steward/service-kit';

import { erasePerson } from '../commands/erase-person.ts';
import { keepHouseholdSegment, keepOurHouseholds } from '../commands/keep-household-segment.ts';
import { keepOurCommunity } from '../commands/remind-of-surveys.ts';

/** What the service consumes, and the command that each fact runs. */
export const handlers = [
  ...communityHandlers(keepOurCommunity),
  subscribeTogether(householdRegistered, 'keep-household', keepOurHouseholds),
  subscribe(householdSegmentChanged, 'keep-household-segment', keepHouseholdSegment),
  subscribeTogether(householdMembershipStarted, 'keep-household-member', keepHouseholdMembers),
  subscribeTogether(householdMembershipEnded, 'keep-household-member', keepHouseholdMembers),
  subscribe(personErased, 'erase-person', erasePerson),
  ...placeHandlers,
  ...staffHandlers,
];
