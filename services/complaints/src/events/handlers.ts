import {
  householdUnitAdded,
  householdUnitReleased,
  personErased,
  placeRegistered,
  placeUpdated,
  subscribe,
  subscribeTogether,
  workOrderCancelled,
  workOrderClosed,
  workOrderCompleted,
  workOrderRegistered,
  workOrderReopened,
} from '@steward/events';
import { communityHandlers, householdHandlers, staffHandlers } from '@steward/service-kit';

import { erasePerson } from '../commands/erase-person.ts';
import { followWorkOrder, linkWorkOrder } from '../commands/follow-work-order.ts';
import { keepHouseholdUnits } from '../commands/keep-household-units.ts';
import { keepOurCommunity } from '../commands/keep-our-community.ts';
import { keepPlaces } from '../commands/keep-places.ts';

/** What the service consumes, and the command that each fact runs. */
export const handlers = [
  ...communityHandlers(keepOurCommunity),
  ...householdHandlers,
  subscribeTogether(placeRegistered, 'keep-place', keepPlaces),
  subscribeTogether(placeUpdated, 'keep-place', keepPlaces),
  subscribeTogether(householdUnitAdded, 'keep-household-unit', keepHouseholdUnits),
  subscribeTogether(householdUnitReleased, 'keep-household-unit', keepHouseholdUnits),
  subscribe(personErased, 'erase-person', erasePerson),
  ...staffHandlers,
  subscribe(workOrderRegistered, 'link-work-order', linkWorkOrder),
  subscribe(workOrderCompleted, 'follow-work-order', followWorkOrder),
  subscribe(workOrderReopened, 'follow-work-order', followWorkOrder),
  subscribe(workOrderClosed, 'follow-work-order', followWorkOrder),
  subscribe(workOrderCancelled, 'follow-work-order', followWorkOrder),
];
