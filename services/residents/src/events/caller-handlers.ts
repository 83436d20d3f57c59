import {
  complaintRegistered,
  householdMembershipStarted,
  passIssued,
  passRequested,
  personErased,
  personRegistered,
  personUpdated,
  placeRegistered,
  placeUpdated,
  subscribeTogether,
  workOrderLocated,
  workOrderRegistered,
  type Handler,
} from '@steward/events';

import {
  forgetCaller,
  indexComplaints,
  indexMembers,
  indexPasses,
  indexPersons,
  indexUnits,
  indexWorkOrders,
  moveWorkOrders,
} from '../commands/index-callers.ts';

/** What fills the search for callers: a reader of its own, which fills it from the first fact on. */
export const callerHandlers: Handler[] = [
  subscribeTogether(placeRegistered, 'index-units', indexUnits),
  subscribeTogether(placeUpdated, 'index-units', indexUnits),
  subscribeTogether(personRegistered, 'index-persons', indexPersons),
  subscribeTogether(personUpdated, 'index-persons', indexPersons),
  subscribeTogether(personErased, 'forget-caller', forgetCaller),
  subscribeTogether(householdMembershipStarted, 'index-members', indexMembers),
  subscribeTogether(passRequested, 'index-passes', indexPasses),
  subscribeTogether(passIssued, 'index-passes', indexPasses),
  subscribeTogether(workOrderRegistered, 'index-work-orders', indexWorkOrders),
  subscribeTogether(workOrderLocated, 'move-work-orders', moveWorkOrders),
  subscribeTogether(complaintRegistered, 'index-complaints', indexComplaints),
];
