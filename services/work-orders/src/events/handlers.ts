import {
  chargeRaised,
  chargeReversed,
  chargeSettled,
  communityRegistered,
  communityUpdated,
  householdMembershipEnded,
  householdMembershipStarted,
  householdRegistered,
  householdUnitAdded,
  householdUnitReleased,
  organisationRegistered,
  organisationUpdated,
  placeRegistered,
  placeUpdated,
  staffDutyChanged,
  staffLeft,
  staffPostAssigned,
  staffPostEnded,
  staffRegistered,
  staffTradesChanged,
  subscribe,
} from '@steward/events';

import { followCharge } from '../commands/follow-charge.ts';
import { keepCommunity } from '../commands/keep-community.ts';
import { keepHouseholdMember } from '../commands/keep-household-member.ts';
import { keepHouseholdUnit } from '../commands/keep-household-unit.ts';
import { keepHousehold } from '../commands/keep-household.ts';
import { keepOrganisation } from '../commands/keep-organisation.ts';
import { keepPlace } from '../commands/keep-place.ts';
import { keepStaffDuty } from '../commands/keep-staff-duty.ts';
import { keepStaffLeaving } from '../commands/keep-staff-leaving.ts';
import { keepStaffPost } from '../commands/keep-staff-post.ts';
import { keepStaffTrades } from '../commands/keep-staff-trades.ts';
import { keepStaff } from '../commands/keep-staff.ts';

/** What the service consumes, and the command that each fact runs. */
export const handlers = [
  subscribe(communityRegistered, 'keep-community', keepCommunity),
  subscribe(communityUpdated, 'keep-community', keepCommunity),
  subscribe(placeRegistered, 'keep-place', keepPlace),
  subscribe(placeUpdated, 'keep-place', keepPlace),
  subscribe(organisationRegistered, 'keep-organisation', keepOrganisation),
  subscribe(organisationUpdated, 'keep-organisation', keepOrganisation),
  subscribe(householdRegistered, 'keep-household', keepHousehold),
  subscribe(householdUnitAdded, 'keep-household-unit', keepHouseholdUnit),
  subscribe(householdUnitReleased, 'keep-household-unit', keepHouseholdUnit),
  subscribe(householdMembershipStarted, 'keep-household-member', keepHouseholdMember),
  subscribe(householdMembershipEnded, 'keep-household-member', keepHouseholdMember),
  subscribe(staffRegistered, 'keep-staff', keepStaff),
  subscribe(staffTradesChanged, 'keep-staff-trades', keepStaffTrades),
  subscribe(staffDutyChanged, 'keep-staff-duty', keepStaffDuty),
  subscribe(staffLeft, 'keep-staff-leaving', keepStaffLeaving),
  subscribe(staffPostAssigned, 'keep-staff-post', keepStaffPost),
  subscribe(staffPostEnded, 'keep-staff-post', keepStaffPost),
  subscribe(chargeRaised, 'follow-charge', followCharge),
  subscribe(chargeSettled, 'follow-charge', followCharge),
  subscribe(chargeReversed, 'follow-charge', followCharge),
];
