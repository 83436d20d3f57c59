import {
  chargeRaised,
  chargeReversed,
  chargeSettled,
  complaintRepairRequested,
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
import { communityHandlers, householdHandlers } from '@steward/service-kit';

import { erasePerson } from '../commands/erase-person.ts';
import { followCharge } from '../commands/follow-charge.ts';
import { keepHouseholdUnits } from '../commands/keep-household-units.ts';
import { keepOurCommunity } from '../commands/keep-our-community.ts';
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
  ...communityHandlers(keepOurCommunity),
  subscribeTogether(placeRegistered, 'keep-place', keepPlaces),
  subscribeTogether(placeUpdated, 'keep-place', keepPlaces),
  subscribeTogether(organisationRegistered, 'keep-organisation', keepOrganisations),
  subscribeTogether(organisationUpdated, 'keep-organisation', keepOrganisations),
  ...householdHandlers,
  subscribeTogether(householdUnitAdded, 'keep-household-unit', keepHouseholdUnits),
  subscribeTogether(householdUnitReleased, 'keep-household-unit', keepHouseholdUnits),
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
