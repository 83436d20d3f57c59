import {
  householdUnitAdded,
  householdUnitReleased,
  personErased,
  placeRegistered,
  placeUpdated,
  staffLeft,
  staffPostAssigned,
  staffPostEnded,
  staffRegistered,
  subscribe,
  workOrderCancelled,
  workOrderClosed,
  workOrderCompleted,
  workOrderRegistered,
  workOrderReopened,
} from '@steward/events';
import { communityHandlers, householdHandlers } from '@steward/service-kit';

import { erasePerson } from '../commands/erase-person.ts';
import { followWorkOrder, linkWorkOrder } from '../commands/follow-work-order.ts';
import { keepHouseholdUnit } from '../commands/keep-household-unit.ts';
import { keepOurCommunity } from '../commands/keep-our-community.ts';
import { keepPlace } from '../commands/keep-place.ts';
import { keepStaffLeaving } from '../commands/keep-staff-leaving.ts';
import { keepStaffPost } from '../commands/keep-staff-post.ts';
import { keepStaff } from '../commands/keep-staff.ts';

/** What the service consumes, and the command that each fact runs. */
export const handlers = [
  ...communityHandlers(keepOurCommunity),
  ...householdHandlers,
  subscribe(placeRegistered, 'keep-place', keepPlace),
  subscribe(placeUpdated, 'keep-place', keepPlace),
  subscribe(householdUnitAdded, 'keep-household-unit', keepHouseholdUnit),
  subscribe(householdUnitReleased, 'keep-household-unit', keepHouseholdUnit),
  subscribe(personErased, 'erase-person', erasePerson),
  subscribe(staffRegistered, 'keep-staff', keepStaff),
  subscribe(staffLeft, 'keep-staff-leaving', keepStaffLeaving),
  subscribe(staffPostAssigned, 'keep-staff-post', keepStaffPost),
  subscribe(staffPostEnded, 'keep-staff-post', keepStaffPost),
  subscribe(workOrderRegistered, 'link-work-order', linkWorkOrder),
  subscribe(workOrderCompleted, 'follow-work-order', followWorkOrder),
  subscribe(workOrderReopened, 'follow-work-order', followWorkOrder),
  subscribe(workOrderClosed, 'follow-work-order', followWorkOrder),
  subscribe(workOrderCancelled, 'follow-work-order', followWorkOrder),
];
