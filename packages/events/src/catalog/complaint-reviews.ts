import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { deadlineEvents, policyEvents } from '../shared-events.ts';

const publisher = 'complaints';
const id = z.guid();
const instant = z.iso.datetime();
const day = z.iso.date();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const rate = z.string().regex(/^\d+(\.\d+)?$/);

// ---- Recurring problem

const problem = { publisher, aggregate: 'recurring-problem', version: 1 } as const;
const ofProblem = { problemId: id, categoryCode: code, buildingId: id.nullable() };

export const recurringProblemFound = defineEvent({
  ...problem,
  fact: 'found',
  description: 'Complaints of one kind came again and again in one place.',
  data: z.object({ ...ofProblem, complaintIds: z.array(id), round: z.int().min(1) }),
});

export const recurringProblemPreventionPlanned = defineEvent({
  ...problem,
  fact: 'prevention-planned',
  description: 'Cause, prevention and owner are named; the effect is checked on a later day.',
  data: z.object({ ...ofProblem, departmentCodes: z.array(code), ownerId: id, checkAt: instant }),
});

export const recurringProblemEffectChecked = defineEvent({
  ...problem,
  fact: 'effect-checked',
  description: 'It was counted whether the problem came again after the prevention.',
  data: z.object({ ...ofProblem, recurrenceCount: z.int().min(0), isEffective: z.boolean() }),
});

export const recurringProblemDeadlines = deadlineEvents(publisher, 'recurring-problem');

// ---- Report

const report = { publisher, aggregate: 'complaint-report', version: 1 } as const;

export const complaintReportIssued = defineEvent({
  ...report,
  fact: 'issued',
  description: 'The figures of a week or month were put on record.',
  data: z.object({
    reportId: id,
    period: z.enum(['WEEK', 'MONTH']),
    startsOn: day,
    endsOn: day.describe('the first day after the period'),
    receivedCount: z.int().min(0),
    resolvedCount: z.int().min(0),
    timelinessRate: rate.nullable(),
  }),
});

export const complaintReportReviewed = defineEvent({
  ...report,
  fact: 'reviewed',
  description: 'The report was analysed; the conclusion stays with it.',
  data: z.object({ reportId: id }),
});

export const complaintReportDeadlines = deadlineEvents(publisher, 'complaint-report');

// ---- Codes and figures

export const complaintCodeSet = defineEvent({
  publisher,
  aggregate: 'complaint-code',
  fact: 'set',
  version: 1,
  description: 'A community added, changed or retired a category or channel of its own.',
  data: z.object({
    kind: z.enum(['CATEGORY', 'CHANNEL']),
    code,
    departmentCode: code.nullable(),
    isRetired: z.boolean(),
  }),
});

/** Every service has a `policy.changed`, so this one has no name of its own. */
export const complaintPolicy = policyEvents(publisher);
