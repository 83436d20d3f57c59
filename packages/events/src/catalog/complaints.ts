import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'complaints';
const id = z.guid();
const instant = z.iso.datetime();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const money = z.object({
  amount: z.int().min(0).describe('minor units of the currency'),
  currency: z.string().length(3).describe('ISO 4217'),
});

const grade = z.enum(['MAJOR', 'IMPORTANT', 'MINOR']);
const means = z.enum(['PHONE', 'IN_PERSON', 'MESSAGE', 'LETTER']);
const responsibility = z.enum(['COMPANY', 'RESIDENT', 'SEVERAL_DEPARTMENTS', 'NONE']);

// ---- Complaint: one fact for each thing that happens to it, in the order of its versions. Never a word of anybody.

const complaint = { publisher, aggregate: 'complaint', version: 1 } as const;
const ofComplaint = { complaintId: id };

export const complaintRegistered = defineEvent({
  ...complaint,
  fact: 'registered',
  description: 'A complaint, suggestion or request entered the register; whose it is and what it is about.',
  data: z.object({
    ...ofComplaint,
    number: z.string().min(1),
    nature: z.enum(['COMPLAINT', 'SUGGESTION', 'REQUEST']),
    grade,
    channelCode: code,
    categoryCode: code,
    departmentCode: code.describe('the department in charge'),
    departmentCodes: z.array(code).describe('every department it touches'),
    placeId: id.nullable(),
    unitId: id.nullable(),
    buildingId: id.nullable(),
    householdId: id.nullable(),
    isHarmOngoing: z.boolean(),
    receivedAt: instant,
    source: z
      .object({ system: z.string().min(1), key: z.string().min(1) })
      .nullable()
      .describe('where another agency knows it; null for our own'),
  }),
});

export const complaintUpdated = defineEvent({
  ...complaint,
  fact: 'updated',
  description: 'The record was corrected; none of its words are told.',
  data: z.object(ofComplaint),
});

export const complaintRegraded = defineEvent({
  ...complaint,
  fact: 'regraded',
  description: 'The complaint was put under another grade.',
  data: z.object({ ...ofComplaint, grade, formerGrade: grade }),
});

export const complaintHarmStopped = defineEvent({
  ...complaint,
  fact: 'harm-stopped',
  description: 'Harm that was going on was stopped.',
  data: z.object({ ...ofComplaint, stoppedAt: instant }),
});

export const complaintSupervisorCalled = defineEvent({
  ...complaint,
  fact: 'supervisor-called',
  description: 'The resident is agitated; a supervisor was asked to receive them apart.',
  data: z.object(ofComplaint),
});

export const complaintReferred = defineEvent({
  ...complaint,
  fact: 'referred',
  description: 'The complaint was put before the director for a decision.',
  data: z.object({
    ...ofComplaint,
    grade,
    reason: z.enum(['MAJOR', 'DEPARTMENT_CANNOT', 'NEEDS_COORDINATION', 'BEYOND_AUTHORITY']),
  }),
});

const routed = z.object({
  ...ofComplaint,
  forms: z.array(z.object({ formId: id, departmentCode: code, round: z.int().min(1) })),
});

export const complaintDecided = defineEvent({
  ...complaint,
  fact: 'decided',
  description: 'The director decided how the complaint is dealt with and by which departments.',
  data: routed,
});

export const complaintRouted = defineEvent({
  ...complaint,
  fact: 'routed',
  description: 'Work contact forms went to departments.',
  data: routed,
});

export const complaintAssigned = defineEvent({
  ...complaint,
  fact: 'assigned',
  description: 'A member of staff handles the complaint from now on.',
  data: z.object({ ...ofComplaint, handlerId: id, formerHandlerId: id.nullable() }),
});

export const complaintFormAnswered = defineEvent({
  ...complaint,
  fact: 'form-answered',
  description: 'A department reported what it did.',
  data: z.object({ ...ofComplaint, formId: id, departmentCode: code }),
});

export const complaintDepartmentReordered = defineEvent({
  ...complaint,
  fact: 'department-reordered',
  description: 'The problem is still there: a department has to deal with it again.',
  data: z.object({ ...ofComplaint, formId: id, departmentCode: code, round: z.int().min(2) }),
});

export const complaintStepRecorded = defineEvent({
  ...complaint,
  fact: 'step-recorded',
  description: 'A step of the procedure was taken with the resident.',
  data: z.object({
    ...ofComplaint,
    step: z.enum(['CONTACT', 'APOLOGY', 'EXPLANATION', 'MEDIATION', 'SITE_MEETING', 'SEPARATE_RECEPTION']),
    means: means.nullable(),
    occurredAt: instant,
  }),
});

export const complaintJudged = defineEvent({
  ...complaint,
  fact: 'judged',
  description: 'It was settled whether the complaint has ground and who is responsible.',
  data: z.object({ ...ofComplaint, responsibility, isValid: z.boolean() }),
});

export const complaintRemediesProposed = defineEvent({
  ...complaint,
  fact: 'remedies-proposed',
  description: 'Remedies with their cost were drafted, because it cannot be solved now.',
  data: z.object({ ...ofComplaint, remedies: z.array(z.object({ remedyId: id, cost: money })) }),
});

const remedy = z.object({ ...ofComplaint, remedyId: id, cost: money, householdId: id.nullable() });

export const complaintRemedyApprovalRequested = defineEvent({
  ...complaint,
  fact: 'remedy-approval-requested',
  description: 'A remedy is beyond the authority of whoever chose it; the director is asked.',
  data: remedy,
});

export const complaintRemedyChosen = defineEvent({
  ...complaint,
  fact: 'remedy-chosen',
  description: 'A remedy is granted; what it costs is settled.',
  data: remedy,
});

export const complaintRemedyRejected = defineEvent({
  ...complaint,
  fact: 'remedy-rejected',
  description: 'The director did not grant a remedy.',
  data: remedy,
});

export const complaintRepairRequested = defineEvent({
  ...complaint,
  fact: 'repair-requested',
  description: 'The complaint asks for a repair; work-orders answers with an order whose source is this request.',
  data: z.object({
    ...ofComplaint,
    number: z.string().min(1).describe('the number of the complaint'),
    requestId: id,
    placeId: id,
    householdId: id.nullable(),
    tradeCode: code,
    problemCode: code,
    isEmergency: z.boolean(),
  }),
});

export const complaintRepairStateChanged = defineEvent({
  ...complaint,
  fact: 'repair-state-changed',
  description: 'What became of a repair that the complaint asked for.',
  data: z.object({
    ...ofComplaint,
    requestId: id,
    workOrderId: id,
    state: z.enum(['ORDERED', 'DONE', 'CANCELLED']),
  }),
});

export const complaintAnswered = defineEvent({
  ...complaint,
  fact: 'answered',
  description: 'The resident got a clear reply.',
  data: z.object({ ...ofComplaint, answeredAt: instant, means }),
});

export const complaintResolved = defineEvent({
  ...complaint,
  fact: 'resolved',
  description: 'The complaint is dealt with; telling the result and the return visit are outstanding.',
  data: z.object({
    ...ofComplaint,
    householdId: id.nullable(),
    resolvedAt: instant,
    isInTime: z.boolean().describe('by its due time'),
    round: z.int().min(1).describe('1 for the first time, one more for each reopening'),
  }),
});

export const complaintResultTold = defineEvent({
  ...complaint,
  fact: 'result-told',
  description: 'The resident was told the result.',
  data: z.object({ ...ofComplaint, toldAt: instant, means: z.enum(['PHONE', 'IN_PERSON']) }),
});

export const complaintReturnVisited = defineEvent({
  ...complaint,
  fact: 'return-visited',
  description: 'A return visit was tried or made.',
  data: z.object({
    ...ofComplaint,
    householdId: id.nullable(),
    visitedAt: instant,
    outcome: z.enum(['SATISFIED', 'UNSATISFIED', 'UNREACHABLE']),
    rating: z.int().min(1).max(5).nullable(),
    isFinal: z.boolean().describe('false: to be tried again'),
  }),
});

export const complaintReopened = defineEvent({
  ...complaint,
  fact: 'reopened',
  description: 'The problem is still there: it is handled again at once.',
  data: z.object({
    ...ofComplaint,
    cause: z.enum(['RETURN_VISIT', 'DEPARTMENT', 'RESIDENT', 'DESK']),
    reopenCount: z.int().min(1),
  }),
});

export const complaintArchived = defineEvent({
  ...complaint,
  fact: 'archived',
  description: 'Told, visited and put into the archive: nothing more to do.',
  data: z.object({ ...ofComplaint, householdId: id.nullable(), archivedAt: instant }),
});

export const complaintWithdrawn = defineEvent({
  ...complaint,
  fact: 'withdrawn',
  description: 'The complaint was taken back.',
  data: z.object({ ...ofComplaint, reasonCode: code }),
});

export const complaintDeadlines = deadlineEvents(publisher, 'complaint');
