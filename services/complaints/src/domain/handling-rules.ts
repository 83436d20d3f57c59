import { DomainError, refuseAll, type Violation } from '@steward/core';

import type {
  Complaint,
  ComplaintContactForm,
  ComplaintReferralReason,
  ComplaintResponsibility,
  ComplaintStepKind,
} from './complaint.ts';
import { isBlank } from './intake-rules.ts';
import { procedures } from './responsibility-policy.ts';
import type { StaffPostReference, StaffReference } from './references.ts';
import { holdsOn } from './time-rules.ts';
import { moveTo, requireAction, stay } from './transition-rules.ts';

export const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Harm that was going on is stopped before anything else (A099). */
export function stopHarm(complaint: Complaint, at: Date, measures: string): Complaint {
  const kept = stay(complaint, 'stopComplaintHarm');
  if (isBlank(measures)) refuseAll([{ path: 'input.measures', reason: 'TEXT_REQUIRED', rule: 'A099' }]);
  return { ...kept, harmStoppedAt: at };
}

/** An agitated resident is received apart by a supervisor (A092). */
export const callSupervisor = (complaint: Complaint): Complaint => ({
  ...stay(complaint, 'callComplaintSupervisor'),
  isAgitated: true,
});

/** Put before the director: what is major, what a department cannot do, what needs coordination (A035, A207). */
export function refer(complaint: Complaint, reason: ComplaintReferralReason, now: Date): Complaint {
  const referred = moveTo(complaint, 'referComplaint', 'REFERRED');
  if (reason === 'MAJOR' && complaint.grade !== 'MAJOR') {
    refuseAll([{ path: 'input.reason', reason: 'NOT_MAJOR', rule: 'A095' }]);
  }
  return { ...referred, referralReasonCode: reason, referredAt: now };
}

type Ordered = { departmentCode: string; content: string };

/** What is wrong with work contact forms: none, twice to one department, or to one that is not of the community. */
function formViolations(forms: readonly Ordered[], departments: ReadonlySet<string>): Violation[] {
  const rule = 'A034';
  if (forms.length === 0) return [{ path: 'input.forms', reason: 'FORM_REQUIRED', rule }];
  return forms.flatMap(({ departmentCode, content }, index) => {
    const path = `input.forms.${index}`;
    const isRepeated = forms.findIndex((form) => form.departmentCode === departmentCode) < index;
    const params = { code: departmentCode };
    return [
      ...(departments.has(departmentCode)
        ? []
        : [{ path: `${path}.departmentCode`, reason: 'DEPARTMENT_UNKNOWN', rule, params }]),
      ...(isRepeated ? [{ path: `${path}.departmentCode`, reason: 'DEPARTMENT_REPEATED', rule, params }] : []),
      ...(isBlank(content) ? [{ path: `${path}.content`, reason: 'TEXT_REQUIRED', rule }] : []),
    ];
  });
}

type Routing = { forms: readonly Ordered[]; departments: ReadonlySet<string>; open: ReadonlySet<string> };

/** Work contact forms go to departments, which are in charge from then on (A034). */
export function route(
  complaint: Complaint,
  action: 'routeComplaint' | 'decideComplaint',
  { forms, departments, open }: Routing,
): Complaint {
  const handled = moveTo(complaint, action, 'HANDLING');
  const busy = forms.filter(({ departmentCode }) => open.has(departmentCode));
  refuseAll([
    ...formViolations(forms, departments),
    ...busy.map(({ departmentCode: code }) => ({
      path: 'input.forms',
      reason: 'FORM_UNANSWERED',
      rule: 'A034',
      params: { code },
    })),
  ]);
  const named = forms.map(({ departmentCode }) => departmentCode);
  return {
    ...handled,
    departmentCodes: unique([...complaint.departmentCodes, ...named]),
    openFormCount: complaint.openFormCount + forms.length,
  };
}

/** The director's decision (A035); departments carry it out. */
export const decide = (complaint: Complaint, routing: Routing, now: Date): Complaint => ({
  ...route(complaint, 'decideComplaint', routing),
  decidedAt: now,
});

/** The department reports what it did (A034). */
export function answerForm(complaint: Complaint, form: ComplaintContactForm | null, answer: string): Complaint {
  const kept = stay(complaint, 'answerComplaintContactForm');
  const path = 'input.formId';
  if (form === null) throw new DomainError('NOT_FOUND', 'FORM_UNKNOWN', { path, rule: 'A034' });
  if (form.state !== 'ISSUED') throw new DomainError('CONFLICT', 'FORM_ANSWERED', { path, rule: 'A034' });
  if (isBlank(answer)) refuseAll([{ path: 'input.answer', reason: 'TEXT_REQUIRED', rule: 'A034' }]);
  return { ...kept, openFormCount: complaint.openFormCount - 1 };
}

/** What a complaint that is handled again has to go through anew. */
export const anew = {
  resultSealed: null,
  resolvedAt: null,
  toldAt: null,
  returnVisitOutcome: null,
  returnVisitedAt: null,
  returnVisitAttempts: 0,
  archivedAt: null,
  // The resident's own date was for the first time.
  wantedUntil: null,
} as const satisfies Partial<Complaint>;

/** The problem is still there: the department is ordered to deal with it at once (A036). */
export function reorder(complaint: Complaint, form: ComplaintContactForm | null): Complaint {
  const handled = moveTo(complaint, 'reorderComplaintDepartment', 'HANDLING');
  const path = 'input.formId';
  if (form === null) throw new DomainError('NOT_FOUND', 'FORM_UNKNOWN', { path, rule: 'A036' });
  if (form.state !== 'ANSWERED') throw new DomainError('CONFLICT', 'FORM_UNANSWERED', { path, rule: 'A036' });
  const isReopened = complaint.status === 'RESOLVED';
  return {
    ...handled,
    ...(isReopened ? anew : {}),
    openFormCount: complaint.openFormCount + 1,
    reopenCount: complaint.reopenCount + (isReopened ? 1 : 0),
  };
}

type Colleague = { staff: StaffReference; posts: readonly StaffPostReference[] } | null;

/** Who is named works in the community. */
export function colleagueViolations(
  colleague: Colleague,
  { communityId, day }: { communityId: string; day: string },
  { path, rule }: { path: string; rule: string },
): Violation[] {
  if (colleague === null) return [{ path, reason: 'STAFF_UNKNOWN', rule }];
  const { staff, posts } = colleague;
  const isThere =
    (staff.leftOn === null || day < staff.leftOn) &&
    posts.some((post) => post.communityId === communityId && holdsOn(post, day));
  return isThere ? [] : [{ path, reason: 'STAFF_NOT_OF_COMMUNITY', rule }];
}

/** Somebody handles it, and nobody a complaint about themselves (A098). */
export function assign(complaint: Complaint, handlerId: string, colleague: Colleague, day: string): Complaint {
  const kept = stay(complaint, 'assignComplaint');
  const path = 'input.handlerId';
  const rule = 'A098';
  const { communityId, respondentId } = complaint;
  const violations = colleagueViolations(colleague, { communityId, day }, { path, rule });
  if (handlerId === respondentId) violations.push({ path, reason: 'HANDLER_IS_RESPONDENT', rule });
  if (handlerId === complaint.handlerId) violations.push({ path, reason: 'NOTHING_CHANGED', rule });
  refuseAll(violations);
  return { ...kept, handlerId };
}

type Taken = {
  kind: ComplaintStepKind;
  hasMeans: boolean;
  departmentCodes: readonly string[];
  departments: ReadonlySet<string>;
  /** Whether the actor may receive an agitated resident apart. */
  mayReceiveApart: boolean;
  at: Date;
};

/** A step of the procedure: a contact, an apology, a mediation, a meeting of department heads on site (A091). */
export function takeStep(complaint: Complaint, taken: Taken): Complaint {
  const kept = stay(complaint, 'recordComplaintStep');
  const { kind, hasMeans, departmentCodes, departments, mayReceiveApart, at } = taken;
  const violations: Violation[] = [];
  if (kind === 'CONTACT' && !hasMeans) {
    violations.push({ path: 'input.means', reason: 'MEANS_REQUIRED', rule: 'A098' });
  }
  const { departmentsAtLeast: least = 0, rule } = procedures.SEVERAL_DEPARTMENTS;
  if (kind === 'SITE_MEETING') {
    const path = 'input.departmentCodes';
    for (const code of departmentCodes.filter((each) => !departments.has(each))) {
      violations.push({ path, reason: 'DEPARTMENT_UNKNOWN', rule, params: { code } });
    }
    if (unique(departmentCodes).length < least) {
      violations.push({ path, reason: 'DEPARTMENTS_REQUIRED', rule, params: { least } });
    }
  }
  refuseAll(violations);
  if (kind === 'SEPARATE_RECEPTION' && !mayReceiveApart) {
    throw new DomainError('FORBIDDEN', 'SUPERVISOR_RECEIVES', { path: 'input.step', rule: 'A092' });
  }
  return {
    ...kept,
    doneSteps: unique([...complaint.doneSteps, kind]),
    contactedAt: complaint.contactedAt ?? (kind === 'CONTACT' ? at : null),
  };
}

type Judgement = {
  responsibility: ComplaintResponsibility;
  isValid: boolean;
  help?: string | null;
  departmentCodes: readonly string[];
  departments: ReadonlySet<string>;
};

/** Who is responsible (A091); a complaint without ground is helped all the same (A100). */
export function judge(complaint: Complaint, judgement: Judgement): Complaint {
  const kept = stay(complaint, 'judgeComplaint');
  const { responsibility, isValid, help, departmentCodes, departments } = judgement;
  const violations: Violation[] = [];
  if (isValid === (responsibility === 'NONE')) {
    violations.push({ path: 'input.responsibility', reason: 'RESPONSIBILITY_MISMATCH', rule: 'A100' });
  }
  if (!isValid && isBlank(help)) violations.push({ path: 'input.help', reason: 'HELP_REQUIRED', rule: 'A100' });
  const named = unique([...complaint.departmentCodes, ...departmentCodes]);
  const path = 'input.departmentCodes';
  for (const code of departmentCodes.filter((each) => !departments.has(each))) {
    violations.push({ path, reason: 'DEPARTMENT_UNKNOWN', rule: 'A091', params: { code } });
  }
  const { departmentsAtLeast: least = 0 } = procedures[responsibility];
  if (named.length < least) {
    violations.push({ path, reason: 'DEPARTMENTS_REQUIRED', rule: 'A091', params: { least } });
  }
  refuseAll(violations);
  return { ...kept, responsibility, isValid, departmentCodes: named };
}

/** A repair is asked for; the work orders' service carries it out. */
export function requestRepair(complaint: Complaint, hasPlace: boolean): Complaint {
  requireAction(complaint, 'requestComplaintRepair');
  if (!hasPlace) refuseAll([{ path: 'input.placeId', reason: 'PLACE_REQUIRED', rule: 'A034' }]);
  return { ...complaint, openRepairCount: complaint.openRepairCount + 1 };
}
