import type { WorkOrderStatus } from './work-order.ts';

type Role =
  | 'director'
  | 'deputyDirector'
  | 'administrativeSupervisor'
  | 'supervisor'
  | 'clerk'
  | 'maintenance'
  | 'environment'
  | 'resident';

/**
 * What can be done in which status, where it leads (`same` keeps the status) and who does it: `roles` in their
 * communities, `own` only with the order they are assigned to, or that is their household's.
 */
export type Transition = {
  from: readonly WorkOrderStatus[];
  to: readonly (WorkOrderStatus | 'same')[];
  roles: readonly Role[];
  own: readonly Role[];
  rule: string;
};

/** The only table of transitions. */
export const workOrderTransitions = {
  updateWorkOrder: {
    from: ['RECEIVED', 'ASSIGNED', 'ON_SITE', 'PAUSED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['resident'],
    rule: 'A066',
  },
  locateWorkOrder: {
    from: ['RECEIVED', 'ASSIGNED', 'ON_SITE', 'PAUSED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment'],
    rule: 'A066',
  },
  reclassifyWorkOrder: {
    from: ['RECEIVED', 'ASSIGNED', 'ON_SITE', 'PAUSED'],
    // Back to dispatch from whoever is not fit for it, and out of its pause once it is an emergency.
    to: ['same', 'RECEIVED', 'ASSIGNED', 'ON_SITE'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment'],
    rule: 'A067',
  },
  changeWorkOrderPriority: {
    from: ['RECEIVED', 'ASSIGNED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'B013',
  },
  changeWorkOrderResponsibleParty: {
    from: ['RECEIVED', 'ASSIGNED', 'ON_SITE', 'PAUSED'],
    to: ['same'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'B014',
  },
  dispatchWorkOrder: {
    from: ['RECEIVED'],
    to: ['ASSIGNED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'B013',
  },
  assignWorkOrder: {
    from: ['RECEIVED'],
    to: ['ASSIGNED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'B013',
  },
  takeWorkOrder: {
    from: ['RECEIVED'],
    to: ['ASSIGNED'],
    roles: ['maintenance', 'environment'],
    own: [],
    rule: 'B013',
  },
  transferWorkOrder: {
    from: ['ASSIGNED', 'ON_SITE'],
    to: ['ASSIGNED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment'],
    rule: 'A109',
  },
  returnWorkOrder: {
    from: ['ASSIGNED', 'ON_SITE'],
    to: ['RECEIVED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment'],
    rule: 'B013',
  },
  pauseWorkOrder: {
    from: ['ASSIGNED', 'ON_SITE'],
    to: ['PAUSED'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment'],
    rule: 'B015',
  },
  resumeWorkOrder: {
    from: ['PAUSED'],
    to: ['ASSIGNED', 'ON_SITE'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment'],
    rule: 'B015',
  },
  makeWorkOrderAppointment: {
    from: ['RECEIVED', 'ASSIGNED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment', 'resident'],
    rule: 'A068',
  },
  rescheduleWorkOrderAppointment: {
    from: ['RECEIVED', 'ASSIGNED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment', 'resident'],
    rule: 'A068',
  },
  arriveOnSite: {
    from: ['ASSIGNED'],
    to: ['ON_SITE'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment'],
    rule: 'A068',
  },
  printDispatchSlip: {
    // With whoever has the work, until the household has signed for it.
    from: ['ASSIGNED', 'ON_SITE', 'PAUSED', 'COMPLETED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment'],
    rule: 'A205',
  },
  quoteWorkOrder: {
    from: ['ASSIGNED', 'ON_SITE'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment'],
    rule: 'A108',
  },
  agreeWorkOrderQuote: {
    from: ['ASSIGNED', 'ON_SITE'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment', 'resident'],
    rule: 'A108',
  },
  declineWorkOrderQuote: {
    from: ['ASSIGNED', 'ON_SITE'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment', 'resident'],
    rule: 'A108',
  },
  recordWorkOrderMaterials: {
    from: ['ON_SITE'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment'],
    rule: 'A205',
  },
  completeWorkOrder: {
    from: ['ON_SITE'],
    to: ['COMPLETED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment'],
    rule: 'A109',
  },
  recordWorkOrderWaterTest: {
    from: ['COMPLETED'],
    to: ['same', 'ASSIGNED', 'RECEIVED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment'],
    rule: 'A071',
  },
  acceptWorkOrder: {
    from: ['COMPLETED'],
    to: ['ACCEPTED', 'CLOSED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment', 'resident'],
    rule: 'A110',
  },
  refuseWorkOrderAcceptance: {
    from: ['COMPLETED'],
    to: ['ASSIGNED', 'RECEIVED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['maintenance', 'environment', 'resident'],
    rule: 'A073',
  },
  recordWorkOrderReturnVisit: {
    from: ['COMPLETED', 'ACCEPTED'],
    to: ['same', 'CLOSED', 'ASSIGNED', 'RECEIVED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A069',
  },
  recordWorkOrderOpinion: {
    from: ['COMPLETED', 'ACCEPTED', 'CLOSED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['resident'],
    rule: 'A008',
  },
  urgeWorkOrder: {
    from: ['RECEIVED', 'ASSIGNED', 'ON_SITE', 'PAUSED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['resident'],
    rule: 'A008',
  },
  cancelWorkOrder: {
    from: ['RECEIVED', 'ASSIGNED', 'ON_SITE', 'PAUSED'],
    to: ['CANCELLED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['resident'],
    rule: 'B013',
  },
} as const satisfies Record<string, Transition>;

export type WorkOrderAction = keyof typeof workOrderTransitions;
