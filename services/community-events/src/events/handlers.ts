import {
  householdMembershipEnded,
  householdMembershipStarted,
  householdRegistered,
  householdSegmentChanged,
  subscribe,
} from '@steward/events';
import { communityHandlers, keepHouseholdMember, placeHandlers, staffHandlers } from '@steward/service-kit';

import { keepHouseholdSegment, keepOurHousehold } from '../commands/keep-household-segment.ts';
import { keepOurCommunity } from '../commands/remind-of-surveys.ts';

/** What the service consumes, and the command that each fact runs. */
export const handlers = [
  ...communityHandlers(keepOurCommunity),
  subscribe(householdRegistered, 'keep-household', keepOurHousehold),
  subscribe(householdSegmentChanged, 'keep-household-segment', keepHouseholdSegment),
  subscribe(householdMembershipStarted, 'keep-household-member', keepHouseholdMember),
  subscribe(householdMembershipEnded, 'keep-household-member', keepHouseholdMember),
  ...placeHandlers,
  ...staffHandlers,
];
