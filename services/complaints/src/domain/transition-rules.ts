import { DomainError, type Params } from '@steward/core';

import type { Complaint, ComplaintStatus, ComplaintStepKind } from './complaint.ts';
import { agitationProcedure, procedures } from './responsibility-policy.ts';
import { complaintTransitions, type ComplaintAction, type Transition } from './transition-policy.ts';

export const complaintActions = Object.keys(complaintTransitions) as ComplaintAction[];

/** Why an action is refused in the complaint's present state, whoever asks. */
export type StateRefusal = { reason: string; rule: string; params?: Params };

type Guard = (complaint: Complaint) => StateRefusal | null;

const refuseIf =
  (isRefused: (complaint: Complaint) => boolean, reason: string, rule: string): Guard =>
  (complaint) =>
    isRefused(complaint) ? { reason, rule } : null;

/** Whether there is somebody to be told: another agency's request names nobody. */
export const hasContact = ({ householdId, contactPhoneSealed }: Complaint): boolean =>
  householdId !== null || contactPhoneSealed !== null;

const isHarmed = ({ isHarmOngoing, harmStoppedAt }: Complaint): boolean => isHarmOngoing && harmStoppedAt === null;

const harmStopped = refuseIf(isHarmed, 'HARM_NOT_STOPPED', 'A099');
const harmOngoing = refuseIf((complaint) => !isHarmed(complaint), 'HARM_NOT_ONGOING', 'A099');
const notAgitated = refuseIf(({ isAgitated }) => isAgitated, 'SUPERVISOR_CALLED', 'A092');
const directorDecided = refuseIf(
  ({ grade, decidedAt }) => grade === 'MAJOR' && decidedAt === null,
  'DIRECTOR_DECIDES',
  'A035',
);
const answered = refuseIf(
  ({ grade, answeredAt }) => grade === 'MAJOR' && answeredAt === null,
  'ANSWER_MISSING',
  'A094',
);
const contacted = refuseIf(
  (complaint) => hasContact(complaint) && complaint.contactedAt === null,
  'CONTACT_MISSING',
  'A098',
);
const judged = refuseIf(({ responsibility }) => responsibility === null, 'RESPONSIBILITY_MISSING', 'A091');
const formsAnswered = refuseIf(({ openFormCount }) => openFormCount > 0, 'FORM_UNANSWERED', 'A036');
const repairsDone = refuseIf(({ openRepairCount }) => openRepairCount > 0, 'REPAIR_OPEN', 'A036');
const remediesDecided = refuseIf(({ openRemedyCount }) => openRemedyCount > 0, 'REMEDY_UNDECIDED', 'A207');
const somebodyToTell = refuseIf((complaint) => !hasContact(complaint), 'NOBODY_TO_TELL', 'A098');
const notTold = refuseIf(({ toldAt }) => toldAt !== null, 'RESULT_TOLD_ALREADY', 'A098');
const told = refuseIf((complaint) => hasContact(complaint) && complaint.toldAt === null, 'RESULT_NOT_TOLD', 'A098');
const notVisited = refuseIf(({ returnVisitOutcome }) => returnVisitOutcome !== null, 'RETURN_VISIT_RECORDED', 'A037');
const visited = refuseIf(
  (complaint) => hasContact(complaint) && complaint.returnVisitOutcome === null,
  'RETURN_VISIT_MISSING',
  'A037',
);

/** Steps that the complaint's procedure still lacks, each with its rule. */
export function missingSteps(complaint: Complaint): { step: ComplaintStepKind; rule: string }[] {
  const wanted = [
    ...(complaint.responsibility === null ? [] : [procedures[complaint.responsibility]]),
    ...(complaint.isAgitated ? [agitationProcedure] : []),
  ];
  return wanted.flatMap(({ steps, rule }) =>
    steps.filter((step) => !complaint.doneSteps.includes(step)).map((step) => ({ step, rule })),
  );
}

/** Another agency's request names nobody with whom the steps could be taken. */
const stepsTaken: Guard = (complaint) => {
  const [missing] = hasContact(complaint) ? missingSteps(complaint) : [];
  return missing === undefined ? null : { reason: 'STEP_MISSING', rule: missing.rule, params: { step: missing.step } };
};

/** What has to be so besides the status. Ongoing harm is stopped before anything is handled (A099). */
const guards: Partial<Record<ComplaintAction, readonly Guard[]>> = {
  stopComplaintHarm: [harmOngoing],
  callComplaintSupervisor: [notAgitated],
  decideComplaint: [harmStopped],
  routeComplaint: [harmStopped, directorDecided],
  answerComplaintContactForm: [harmStopped],
  judgeComplaint: [harmStopped],
  proposeComplaintRemedies: [harmStopped],
  chooseComplaintRemedy: [harmStopped],
  resolveComplaint: [
    harmStopped,
    directorDecided,
    answered,
    contacted,
    judged,
    stepsTaken,
    formsAnswered,
    repairsDone,
    remediesDecided,
  ],
  tellComplaintResult: [somebodyToTell, notTold],
  recordComplaintReturnVisit: [somebodyToTell, told, notVisited],
  archiveComplaint: [told, visited],
};

const transitionOf = (action: ComplaintAction): Transition => complaintTransitions[action];

/** Everything by which the state refuses an action; empty if it does not. The input is judged by the action's own rule. */
export function stateRefusals(complaint: Complaint, action: ComplaintAction): StateRefusal[] {
  const { from, rule } = transitionOf(action);
  if (!from.includes(complaint.status)) {
    return [{ reason: 'ILLEGAL_TRANSITION', rule, params: { action, status: complaint.status } }];
  }
  return (guards[action] ?? []).map((guard) => guard(complaint)).filter((refusal) => refusal !== null);
}

/** Refuses with everything that stands in the way at once; the first gives reason and rule. */
export function requireAction(complaint: Complaint, action: ComplaintAction): void {
  const refusals = stateRefusals(complaint, action);
  const [first] = refusals;
  if (first === undefined) return;
  const violations = refusals.length > 1 ? refusals : [];
  throw new DomainError('CONFLICT', first.reason, { ...first, violations });
}

/** The complaint in the status that an action leads to; a way that the table does not have is a mistake of the code. */
export function moveTo(complaint: Complaint, action: ComplaintAction, status: ComplaintStatus): Complaint {
  requireAction(complaint, action);
  const { to } = transitionOf(action);
  if (!to.includes(status) && !(status === complaint.status && to.includes('same'))) {
    throw new Error(`${action} does not lead from ${complaint.status} to ${status}`);
  }
  return { ...complaint, status };
}

/** The complaint as it stands, for an action that changes other things than the status. */
export const stay = (complaint: Complaint, action: ComplaintAction): Complaint =>
  moveTo(complaint, action, complaint.status);
