import {
  decorationChargeRequested,
  householdMembershipEnded,
  householdMembershipStarted,
  householdRegistered,
  householdUnitAdded,
  householdUnitReleased,
  personErased,
  placeRegistered,
  placeUpdated,
  rentalMandateChargeRequested,
  subscribe,
  subscribeTogether,
  workOrderChargeRequested,
} from '@steward/events';
import { communityHandlers, keepHouseholds } from '@steward/service-kit';

import { erasePerson } from '../commands/erase-person.ts';
import { keepHouseholdParties, keepHouseholdUnits } from '../commands/keep-households.ts';
import { keepOurCommunity } from '../commands/keep-our-community.ts';
import { keepUnits } from '../commands/keep-units.ts';
import { raiseCommission, raiseDecorationCharge, raiseWorkOrderCharge } from '../commands/raise-requested-charge.ts';

/** What the books are told of: who lives where, and what other services want charged. */
export const ledgerHandlers = [
  ...communityHandlers(keepOurCommunity),
  subscribeTogether(placeRegistered, 'keep-unit', keepUnits),
  subscribeTogether(placeUpdated, 'keep-unit', keepUnits),
  subscribeTogether(householdRegistered, 'keep-our-household', keepHouseholds),
  subscribeTogether(householdUnitAdded, 'keep-household-unit', keepHouseholdUnits),
  subscribeTogether(householdUnitReleased, 'keep-household-unit', keepHouseholdUnits),
  subscribeTogether(householdMembershipStarted, 'keep-household-party', keepHouseholdParties),
  subscribeTogether(householdMembershipEnded, 'keep-household-party', keepHouseholdParties),
  subscribe(personErased, 'erase-person', erasePerson),
  subscribe(workOrderChargeRequested, 'raise-work-order-charge', raiseWorkOrderCharge),
  subscribe(decorationChargeRequested, 'raise-decoration-charge', raiseDecorationCharge),
  subscribe(rentalMandateChargeRequested, 'raise-commission', raiseCommission),
];
