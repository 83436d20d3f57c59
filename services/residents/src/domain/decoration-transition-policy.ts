import type { DecorationInspectionStatus } from './decoration-inspection.ts';
import type { DecorationViolationStatus } from './decoration-violation.ts';
import type { DecorationStatus } from './decoration.ts';
import type { Transition } from './procedure.ts';

const directors = ['director', 'deputyDirector'];
const supervisors = [...directors, 'administrativeSupervisor', 'supervisor'];
const desk = [...supervisors, 'clerk'];
const engineers = [...supervisors, 'maintenance'];
const patrols = [...desk, 'maintenance', 'guard'];
const resident = ['resident'];

const beforePermit: readonly DecorationStatus[] = ['APPLIED', 'IN_REVIEW', 'REVIEWED', 'APPROVED'];
const underWay: readonly DecorationStatus[] = ['PERMITTED', 'STOPPED', 'EXPIRED'];
const open: readonly DecorationStatus[] = [...beforePermit, ...underWay, 'COMPLETED'];

/** The only table of what can be done to an application. */
export const decorationTransitions = {
  takeDecoration: { from: open, to: ['same'], roles: desk, own: [], rule: 'B010' },
  fileDecorationDocument: { from: open, to: ['same'], roles: desk, own: resident, rule: 'A083' },
  acknowledgeDecorationTerms: { from: ['APPLIED'], to: ['same'], roles: desk, own: resident, rule: 'A084' },
  signDecorationAgreement: { from: ['APPLIED'], to: ['same'], roles: desk, own: [], rule: 'A084' },
  submitDecorationPlan: { from: ['APPLIED'], to: ['IN_REVIEW'], roles: desk, own: resident, rule: 'A084' },
  reviewDecorationPlan: {
    from: ['IN_REVIEW'],
    to: ['APPLIED', 'REVIEWED', 'APPROVED'],
    roles: engineers,
    own: [],
    rule: 'A225',
  },
  counterSignDecorationPlan: {
    from: ['REVIEWED'],
    to: ['APPLIED', 'APPROVED'],
    roles: directors,
    own: [],
    rule: 'B010',
  },
  recordDecorationAuthorityApproval: {
    from: [...beforePermit, ...underWay],
    to: ['same'],
    roles: desk,
    own: [],
    rule: 'A085',
  },
  issueDecorationPermit: { from: ['APPROVED'], to: ['PERMITTED'], roles: desk, own: [], rule: 'A086' },
  issueDecorationWorkerPasses: { from: ['PERMITTED'], to: ['same'], roles: desk, own: [], rule: 'A086' },
  extendDecorationPermit: { from: ['PERMITTED', 'EXPIRED'], to: ['PERMITTED'], roles: desk, own: [], rule: 'A086' },
  startDecorationInspection: { from: underWay, to: ['same'], roles: patrols, own: [], rule: 'A313' },
  registerDecorationViolation: { from: underWay, to: ['same', 'STOPPED'], roles: patrols, own: [], rule: 'A250' },
  requestDecorationCompletionCheck: {
    from: ['PERMITTED', 'EXPIRED'],
    to: ['same'],
    roles: desk,
    own: resident,
    rule: 'A250',
  },
  recordDecorationCompletionCheck: {
    from: ['PERMITTED', 'EXPIRED'],
    to: ['same', 'COMPLETED'],
    roles: engineers,
    own: [],
    rule: 'A225',
  },
  closeDecoration: { from: ['COMPLETED'], to: ['CLOSED'], roles: desk, own: [], rule: 'A088' },
  cancelDecoration: { from: beforePermit, to: ['CANCELLED'], roles: desk, own: resident, rule: 'B010' },
} as const satisfies Record<string, Transition<DecorationStatus>>;

export type DecorationAction = keyof typeof decorationTransitions;

/** What a drawn or started inspection leads to. */
export const decorationInspectionTransitions = {
  recordDecorationInspection: { from: ['OPEN'], to: ['RECORDED'], roles: patrols, own: [], rule: 'A313' },
} as const satisfies Record<string, Transition<DecorationInspectionStatus>>;

/** What leads out of a violation: somebody says that it is remedied, somebody else looks. */
export const decorationViolationTransitions = {
  reportDecorationViolationRemedied: {
    from: ['OPEN'],
    to: ['REMEDIED'],
    roles: patrols,
    own: resident,
    rule: 'A250',
  },
  checkDecorationViolation: { from: ['REMEDIED'], to: ['OPEN', 'RESOLVED'], roles: patrols, own: [], rule: 'A250' },
} as const satisfies Record<string, Transition<DecorationViolationStatus>>;
