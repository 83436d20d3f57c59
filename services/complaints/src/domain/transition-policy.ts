import type { ComplaintStatus } from './complaint.ts';

type Role =
  | 'director'
  | 'deputyDirector'
  | 'administrativeSupervisor'
  | 'supervisor'
  | 'clerk'
  | 'cashier'
  | 'maintenance'
  | 'guard'
  | 'environment'
  | 'resident';

/**
 * What can be done in which status, where it leads (`same` keeps the status) and who does it: `roles` in their
 * communities, `own` only with the complaint they handle, or that is their household's.
 */
export type Transition = {
  from: readonly ComplaintStatus[];
  to: readonly (ComplaintStatus | 'same')[];
  roles: readonly Role[];
  own: readonly Role[];
  rule: string;
};

/** The only table of transitions. */
export const complaintTransitions = {
  updateComplaint: {
    from: ['RECEIVED', 'REFERRED', 'HANDLING'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['resident'],
    rule: 'A090',
  },
  regradeComplaint: {
    from: ['RECEIVED', 'REFERRED', 'HANDLING'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A095',
  },
  stopComplaintHarm: {
    from: ['RECEIVED', 'REFERRED', 'HANDLING'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'maintenance', 'guard'],
    own: ['cashier', 'environment'],
    rule: 'A099',
  },
  callComplaintSupervisor: {
    from: ['RECEIVED', 'REFERRED', 'HANDLING', 'RESOLVED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['cashier', 'maintenance', 'guard', 'environment'],
    rule: 'A092',
  },
  referComplaint: {
    from: ['RECEIVED', 'HANDLING'],
    to: ['REFERRED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector'],
    own: ['cashier', 'maintenance', 'guard', 'environment'],
    rule: 'A035',
  },
  decideComplaint: {
    from: ['REFERRED'],
    to: ['HANDLING'],
    roles: ['director'],
    own: [],
    rule: 'A035',
  },
  routeComplaint: {
    from: ['RECEIVED', 'HANDLING'],
    to: ['HANDLING'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A034',
  },
  assignComplaint: {
    from: ['RECEIVED', 'HANDLING'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A098',
  },
  answerComplaintContactForm: {
    from: ['REFERRED', 'HANDLING'],
    to: ['same'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['clerk', 'cashier', 'maintenance', 'guard', 'environment'],
    rule: 'A034',
  },
  reorderComplaintDepartment: {
    from: ['HANDLING', 'RESOLVED'],
    to: ['HANDLING'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A036',
  },
  recordComplaintStep: {
    from: ['RECEIVED', 'REFERRED', 'HANDLING', 'RESOLVED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['cashier', 'maintenance', 'guard', 'environment'],
    rule: 'A091',
  },
  judgeComplaint: {
    from: ['HANDLING'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A091',
  },
  proposeComplaintRemedies: {
    from: ['HANDLING'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['cashier', 'maintenance', 'guard', 'environment'],
    rule: 'A093',
  },
  chooseComplaintRemedy: {
    from: ['HANDLING'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A207',
  },
  decideComplaintRemedy: {
    from: ['REFERRED', 'HANDLING'],
    to: ['same'],
    roles: ['director'],
    own: [],
    rule: 'A207',
  },
  requestComplaintRepair: {
    from: ['RECEIVED', 'REFERRED', 'HANDLING'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['cashier', 'maintenance', 'guard', 'environment'],
    rule: 'A034',
  },
  answerComplaint: {
    from: ['RECEIVED', 'REFERRED', 'HANDLING'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['cashier', 'maintenance', 'guard', 'environment'],
    rule: 'A094',
  },
  resolveComplaint: {
    from: ['HANDLING'],
    to: ['RESOLVED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['cashier', 'maintenance', 'guard', 'environment'],
    rule: 'A033',
  },
  tellComplaintResult: {
    from: ['RESOLVED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['cashier', 'maintenance', 'guard', 'environment'],
    rule: 'A098',
  },
  recordComplaintReturnVisit: {
    from: ['RESOLVED'],
    to: ['same', 'HANDLING'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A037',
  },
  archiveComplaint: {
    from: ['RESOLVED'],
    to: ['ARCHIVED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A037',
  },
  reopenComplaint: {
    from: ['RESOLVED', 'ARCHIVED'],
    to: ['HANDLING'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['resident'],
    rule: 'A036',
  },
  withdrawComplaint: {
    from: ['RECEIVED', 'REFERRED', 'HANDLING'],
    to: ['WITHDRAWN'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['resident'],
    rule: 'A032',
  },
} as const satisfies Record<string, Transition>;

export type ComplaintAction = keyof typeof complaintTransitions;
