import {
  chargeRaised,
  chargeReversed,
  chargeSettled,
  communityRegistered,
  communityUpdated,
  complaintRepairRequested,
  householdMembershipEnded,
  householdMembershipStarted,
  householdRegistered,
  householdUnitAdded,
  householdUnitReleased,
  moveInDefectFound,
  organisationRegistered,
  organisationUpdated,
  personErased,
  placeRegistered,
  placeUpdated,
  staffDutyChanged,
  staffLeft,
  staffPostAssigned,
  staffPostEnded,
  staffRegistered,
  staffTradesChanged,
  subscribe,
  subscribeTogether,
  takeoverDefectFound,
} from '@steward/events';

import { erasePerson } from '../commands/erase-person.ts';
import { followCharge } from '../commands/follow-charge.ts';
import { keepCommunity } from '../commands/keep-community.ts';
import { keepHouseholdMembers } from '../commands/keep-household-members.ts';
import { keepHouseholdUnits } from '../commands/keep-household-units.ts';
import { keepHouseholds } from '../commands/keep-households.ts';
import { keepOrganisations } from '../commands/keep-organisations.ts';
import { keepPlaces } from '../commands/keep-places.ts';
import { keepStaffDuty } from '../commands/keep-staff-duty.ts';
import { keepStaffLeaving } from '../commands/keep-staff-leaving.ts';
import { keepStaffPost } from '../commands/keep-staff-post.ts';
import { keepStaffTrades } from '../commands/keep-staff-trades.ts';
import { keepStaff } from '../commands/keep-staff.ts';
import { repairForComplaint } from '../commands/repair-for-complaint.ts';
import { raiseMoveInRepair, raiseTakeoverRepair } from '../commands/raise-move-in-repair.ts';

/** What the service consumes, and the command that each fact runs. */
export const handlers = [
  subscribe(communityRegistered, 'keep-community', keepCommunity),
  subscribe(communityUpdated, 'keep-community', keepCommunity),
  subscribeTogether(placeRegistered, 'keep-place', keepPlaces),
  subscribeTogether(placeUpdated, 'keep-place', keepPlaces),
  subscribeTogether(organisationRegistered, 'keep-organisation', keepOrganisations),
  subscribeTogether(organisationUpdated, 'keep-organisation', keepOrganisations),
  subscribeTogether(householdRegistered, 'keep-household', keepHouseholds),
  subscribeTogether(householdUnitAdded, 'keep-household-unit', keepHouseholdUnits),
  subscribeTogether(householdUnitReleased, 'keep-household-unit', keepHouseholdUnits),
  subscribeTogether(householdMembershipStarted, 'keep-household-member', keepHouseholdMembers),
  subscribeTogether(householdMembershipEnded, 'keep-household-member', keepHouseholdMembers),
  subscribeTogether(staffRegistered, 'keep-staff', keepStaff),
  subscribe(staffTradesChanged, 'keep-staff-trades', keepStaffTrades),
  subscribe(staffDutyChanged, 'keep-staff-duty', keepStaffDuty),
  subscribe(staffLeft, 'keep-staff-leaving', keepStaffLeaving),
  subscribe(staffPostAssigned, 'keep-staff-post', keepStaffPost),
  subscribe(staffPostEnded, 'keep-staff-post', keepStaffPost),
  subscribe(personErased, 'erase-person', erasePerson),
  subscribe(chargeRaised, 'follow-charge', followCharge),
  subscribe(chargeSettled, 'follow-charge', followCharge),
  subscribe(chargeReversed, 'follow-charge', followCharge),
  subscribe(complaintRepairRequested, 'repair-for-complaint', repairForComplaint),
  subscribe(moveInDefectFound, 'raise-move-in-repair', raiseMoveInRepair),
  subscribe(takeoverDefectFound, 'raise-takeover-repair', raiseTakeoverRepair),
];
