import {
  decorationChargeRequested,
  householdMembershipEnded,
  householdMembershipStarted,
  householdRegistered,
  householdUnitAdded,
  householdUnitReleased,
  placeRegistered,
  placeUpdated,
  subscribe,
  workOrderChargeRequested,
} from '@steward/events';
import { communityHandlers } from '@steward/service-kit';

import { keepHouseholdParty, keepHouseholdUnit, keepOurHousehold } from '../commands/keep-household.ts';
import { keepOurCommunity } from '../commands/keep-our-community.ts';
import { keepUnit } from '../commands/keep-unit.ts';
import { raiseDecorationCharge, raiseWorkOrderCharge } from '../commands/raise-requested-charge.ts';

/** What the books are told of: who lives where, and what other services want charged. */
export const ledgerHandlers = [
  ...communityHandlers(keepOurCommunity),
  subscribe(placeRegistered, 'keep-unit', keepUnit),
  subscribe(placeUpdated, 'keep-unit', keepUnit),
  subscribe(householdRegistered, 'keep-our-household', keepOurHousehold),
  subscribe(householdUnitAdded, 'keep-household-unit', keepHouseholdUnit),
  subscribe(householdUnitReleased, 'keep-household-unit', keepHouseholdUnit),
  subscribe(householdMembershipStarted, 'keep-household-party', keepHouseholdParty),
  subscribe(householdMembershipEnded, 'keep-household-party', keepHouseholdParty),
  subscribe(workOrderChargeRequested, 'raise-work-order-charge', raiseWorkOrderCharge),
  subscribe(decorationChargeRequested, 'raise-decoration-charge', raiseDecorationCharge),
];
