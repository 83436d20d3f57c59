import {
  householdUnitAdded,
  householdUnitReleased,
  personErased,
  placeRegistered,
  placeUpdated,
  subscribe,
  workOrderCancelled,
  workOrderClosed,
  workOrderCompleted,
  workOrderRegistered,
  workOrderReopened,
} from '@steward/events';
import { communityHandlers, householdHandlers, staffHandlers } from '@steward/service-kit';

import { erasePerson } from '../commands/erase-person.ts';
import { followWorkOrder, linkWorkOrder } from '../commands/follow-work-order.ts';
import { keepHouseholdUnit } from '../commands/keep-household-unit.ts';
import { keepOurCommunity } from '../commands/keep-our-community.ts';
import { keepPlace } from '../commands/keep-place.ts';

/** What the service consumes, and the command that each fact runs. */
export const handlers = [
  ...communityHandlers(keepOurCommunity),
  ...householdHandlers,
  subscribe(placeRegistered, 'keep-place', keepPlace),
  subscribe(placeUpdated, 'keep-place', keepPlace),
  subscribe(householdUnitAdded, 'keep-household-unit', keepHouseholdUnit),
  subscribe(householdUnitReleased, 'keep-household-unit', keepHouseholdUnit),
  subscribe(personErased, 'erase-person', erasePerson),
  ...staffHandlers,
  subscribe(workOrderRegistered, 'link-work-order', linkWorkOrder),
  subscribe(workOrderCompleted, 'follow-work-order', followWorkOrder),
  subscribe(workOrderReopened, 'follow-work-order', followWorkOrder),
  subscribe(workOrderClosed, 'follow-work-order', followWorkOrder),
  subscribe(workOrderCancelled, 'follow-work-order', followWorkOrder),
];
