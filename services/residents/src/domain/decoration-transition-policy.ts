import type { DecorationInspectionStatus } from './decoration-inspection.ts';
import type { DecorationViolationStatus } from './decoration-violation.ts';
import type { DecorationStatus } from './decoration.ts';
import type { Transition } from './procedure.ts';

/** The only table of what can be done to an application. */
export const decorationTransitions = {
  takeDecoration: {
    from: ['APPLIED', 'IN_REVIEW', 'REVIEWED', 'APPROVED', 'PERMITTED', 'STOPPED', 'EXPIRED', 'COMPLETED'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'B010',
  },
  fileDecorationDocument: {
    from: ['APPLIED', 'IN_REVIEW', 'REVIEWED', 'APPROVED', 'PERMITTED', 'STOPPED', 'EXPIRED', 'COMPLETED'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'A083',
  },
  acknowledgeDecorationTerms: {
    from: ['APPLIED'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'A084',
  },
  signDecorationAgreement: {
    from: ['APPLIED'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A084',
  },
  submitDecorationPlan: {
    from: ['APPLIED'],
    to: ['IN_REVIEW'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'A084',
  },
  reviewDecorationPlan: {
    from: ['IN_REVIEW'],
    to: ['APPLIED', 'REVIEWED', 'APPROVED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'maintenance'],
    own: [],
    rule: 'A225',
  },
  counterSignDecorationPlan: {
    from: ['REVIEWED'],
    to: ['APPLIED', 'APPROVED'],
    roles: ['director', 'deputyDirector'],
    own: [],
    rule: 'B010',
  },
  recordDecorationAuthorityApproval: {
    from: ['APPLIED', 'IN_REVIEW', 'REVIEWED', 'APPROVED', 'PERMITTED', 'STOPPED', 'EXPIRED'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A085',
  },
  issueDecorationPermit: {
    from: ['APPROVED'],
    to: ['PERMITTED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A086',
  },
  issueDecorationWorkerPasses: {
    from: ['PERMITTED'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A086',
  },
  extendDecorationPermit: {
    from: ['PERMITTED', 'EXPIRED'],
    to: ['PERMITTED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A086',
  },
  startDecorationInspection: {
    from: ['PERMITTED', 'STOPPED', 'EXPIRED'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk', 'maintenance', 'guard'],
    own: [],
    rule: 'A313',
  },
  registerDecorationViolation: {
    from: ['PERMITTED', 'STOPPED', 'EXPIRED'],
    to: ['same', 'STOPPED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk', 'maintenance', 'guard'],
    own: [],
    rule: 'A250',
  },
  requestDecorationCompletionCheck: {
    from: ['PERMITTED', 'EXPIRED'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'A250',
  },
  recordDecorationCompletionCheck: {
    from: ['PERMITTED', 'EXPIRED'],
    to: ['same', 'COMPLETED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'maintenance'],
    own: [],
    rule: 'A225',
  },
  closeDecoration: {
    from: ['COMPLETED'],
    to: ['CLOSED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A088',
  },
  cancelDecoration: {
    from: ['APPLIED', 'IN_REVIEW', 'REVIEWED', 'APPROVED'],
    to: ['CANCELLED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'B010',
  },
} as const satisfies Record<string, Transition<DecorationStatus>>;

export type DecorationAction = keyof typeof decorationTransitions;

/** What a drawn or started inspection leads to. */
export const decorationInspectionTransitions = {
  recordDecorationInspection: {
    from: ['OPEN'],
    to: ['RECORDED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk', 'maintenance', 'guard'],
    own: [],
    rule: 'A313',
  },
} as const satisfies Record<string, Transition<DecorationInspectionStatus>>;

/** What leads out of a violation: somebody says that it is remedied, somebody else looks. */
export const decorationViolationTransitions = {
  reportDecorationViolationRemedied: {
    from: ['OPEN'],
    to: ['REMEDIED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk', 'maintenance', 'guard'],
    own: ['resident'],
    rule: 'A250',
  },
  checkDecorationViolation: {
    from: ['REMEDIED'],
    to: ['OPEN', 'RESOLVED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk', 'maintenance', 'guard'],
    own: [],
    rule: 'A250',
  },
} as const satisfies Record<string, Transition<DecorationViolationStatus>>;
