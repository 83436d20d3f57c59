import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'residents';
const id = z.guid();
const day = z.iso.date();
const instant = z.iso.datetime();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const money = z.object({
  amount: z.int().describe('minor units of the currency'),
  currency: z.string().length(3).describe('ISO 4217'),
});

// ---- Hours and prohibitions

export const decorationTermsPublished = defineEvent({
  publisher,
  aggregate: 'decoration-terms',
  fact: 'published',
  version: 1,
  description: 'Hours and prohibitions of decorations hold in a community from now on; the edition before does not.',
  data: z.object({
    termsId: id,
    edition: z.int().min(1),
    workFrom: z.iso.time(),
    workTo: z.iso.time(),
    isAllowedAtWeekend: z.boolean(),
  }),
});

// ---- Decoration: an application up to its completion check

const decoration = { publisher, aggregate: 'decoration', version: 1 } as const;
const decorationId = z.object({ decorationId: id });
const chargeTypeCode = z.enum(['DECORATION_DEPOSIT', 'DECORATION_WASTE']);

export const decorationApplied = defineEvent({
  ...decoration,
  fact: 'applied',
  description: 'An owner, or somebody on their behalf, applied to decorate a unit or to put up a temporary structure.',
  data: decorationId.extend({
    number: z.string().min(1),
    kind: z.enum(['DECORATION', 'TEMPORARY_STRUCTURE']),
    householdId: id,
    unitId: id,
    contractorId: id,
    applicantKind: z.enum(['OWNER', 'AGENT']),
    isStructureChanged: z.boolean(),
    isLoadIncreased: z.boolean(),
    plannedFrom: day,
    plannedTo: day.describe('first day after the works'),
  }),
});

export const decorationTaken = defineEvent({
  ...decoration,
  fact: 'taken',
  description: 'A member of staff sees the application through from now on.',
  data: decorationId.extend({ handlerId: id }),
});

export const decorationDocumentFiled = defineEvent({
  ...decoration,
  fact: 'document-filed',
  description: 'A paper of the application was handed in.',
  data: decorationId.extend({ documentKindCode: code }),
});

export const decorationTermsAcknowledged = defineEvent({
  ...decoration,
  fact: 'terms-acknowledged',
  description: 'Owner or contractor signed that they know hours and prohibitions.',
  data: decorationId.extend({ party: z.enum(['OWNER', 'CONTRACTOR']), termsId: id }),
});

export const decorationAgreementSigned = defineEvent({
  ...decoration,
  fact: 'agreement-signed',
  description: 'Owner, contractor and the property company signed the agreement.',
  data: decorationId.extend({ signedAt: instant }),
});

export const decorationPlanSubmitted = defineEvent({
  ...decoration,
  fact: 'plan-submitted',
  description: 'The plan waits for its review by maintenance.',
  data: decorationId.extend({ isStructureChanged: z.boolean(), isLoadIncreased: z.boolean() }),
});

export const decorationPlanReviewed = defineEvent({
  ...decoration,
  fact: 'plan-reviewed',
  description: 'Maintenance, or for a temporary structure afterwards the director, decided on the plan.',
  data: decorationId.extend({
    isApproved: z.boolean(),
    isFinal: z.boolean().describe('false: it waits for the counter-signature'),
    isAuthorityNeeded: z.boolean().describe('the permit waits for the approval of the authority'),
  }),
});

export const decorationAuthorityApproved = defineEvent({
  ...decoration,
  fact: 'authority-approved',
  description: "The authority's approval paper was put on record.",
  data: decorationId.extend({ approvedOn: day }),
});

export const decorationChargeRequested = defineEvent({
  ...decoration,
  fact: 'charge-requested',
  description: 'The waste fee or the deposit is to be charged; billing answers with a charge.',
  data: decorationId.extend({
    unitId: id,
    householdId: id,
    chargeTypeCode,
    fee: money,
    rule: z.string().min(1).describe("the service standard's rule: A087 or A225"),
  }),
});

export const decorationChargeStateChanged = defineEvent({
  ...decoration,
  fact: 'charge-state-changed',
  description: 'What billing said of the waste fee or the deposit was taken note of.',
  data: decorationId.extend({
    chargeTypeCode,
    chargeId: id,
    chargeState: z.enum(['RAISED', 'SETTLED', 'REVERSED', 'REFUNDED']),
  }),
});

export const decorationRefundRequested = defineEvent({
  ...decoration,
  fact: 'refund-requested',
  description: 'What was paid is to be given back: the works passed their check, or the application was cancelled.',
  data: decorationId.extend({
    unitId: id,
    householdId: id,
    chargeTypeCode,
    chargeId: id,
    fee: money,
    rule: z.string().min(1),
  }),
});

const permit = decorationId.extend({
  householdId: id,
  unitId: id,
  contractorId: id,
  permitNumber: z.string().min(1),
  validFrom: day,
  validTo: day.describe('first day that is not permitted any more'),
  isAuthorityNeeded: z.boolean(),
});

export const decorationPermitIssued = defineEvent({
  ...decoration,
  fact: 'permit-issued',
  description: 'The works are permitted.',
  data: permit,
});

export const decorationPermitExtended = defineEvent({
  ...decoration,
  fact: 'permit-extended',
  description: 'The permit lasts longer; the whole state.',
  data: permit,
});

export const decorationPermitExpired = defineEvent({
  ...decoration,
  fact: 'permit-expired',
  description: 'The last day of the permit is over and the works are not finished.',
  data: permit,
});

export const decorationPassesIssued = defineEvent({
  ...decoration,
  fact: 'passes-issued',
  description: "Workers' temporary passes were issued; they end with the permit.",
  data: decorationId.extend({ passIds: z.array(id).min(1) }),
});

export const decorationStopped = defineEvent({
  ...decoration,
  fact: 'stopped',
  description: 'The works stand still by a stop order; permit and passes are suspended.',
  data: decorationId.extend({ violationId: id }),
});

export const decorationResumed = defineEvent({
  ...decoration,
  fact: 'resumed',
  description: 'The last stop order was lifted.',
  data: decorationId.extend({ isPermitOver: z.boolean() }),
});

export const decorationCompletionRequested = defineEvent({
  ...decoration,
  fact: 'completion-requested',
  description: 'The works are said to be finished and wait for their check.',
  data: decorationId,
});

export const decorationCompletionChecked = defineEvent({
  ...decoration,
  fact: 'completion-checked',
  description: 'The finished works were checked.',
  data: decorationId.extend({ isPassed: z.boolean(), checkedAt: instant }),
});

export const decorationClosed = defineEvent({
  ...decoration,
  fact: 'closed',
  description: 'The archive is complete and the deposit was asked back.',
  data: decorationId.extend({ householdId: id }),
});

export const decorationCancelled = defineEvent({
  ...decoration,
  fact: 'cancelled',
  description: 'The application was given up before its permit.',
  data: decorationId.extend({ reasonCode: code }),
});

export const decorationDeadlines = deadlineEvents(publisher, 'decoration');

// ---- Inspection of a unit under way

const inspection = { publisher, aggregate: 'decoration-inspection', version: 1 } as const;
const inspectionData = z.object({
  inspectionId: id,
  decorationId: id,
  householdId: id,
  origin: z.enum(['SAMPLE', 'PATROL']),
  inspectedOn: day,
});

export const decorationInspectionOpened = defineEvent({
  ...inspection,
  fact: 'opened',
  description: 'A unit under way was drawn for the day, or taken up on a patrol.',
  data: inspectionData,
});

export const decorationInspectionRecorded = defineEvent({
  ...inspection,
  fact: 'recorded',
  description: 'The unit was looked at; which items of the list failed.',
  data: inspectionData.extend({ failedCodes: z.array(code) }),
});

export const decorationInspectionDeadlines = deadlineEvents(publisher, 'decoration-inspection');

// ---- Violation

const violation = { publisher, aggregate: 'decoration-violation', version: 1 } as const;
const violationData = z.object({
  violationId: id,
  decorationId: id,
  householdId: id,
  kind: code,
  isStopOrder: z.boolean(),
});

export const decorationViolationRegistered = defineEvent({
  ...violation,
  fact: 'registered',
  description: 'Something was found that breaks the agreement or the law.',
  data: violationData.extend({ foundAt: instant, remedyDueAt: instant }),
});

export const decorationViolationRemedied = defineEvent({
  ...violation,
  fact: 'remedied',
  description: 'It is said to be remedied and waits for its check.',
  data: violationData,
});

export const decorationViolationChecked = defineEvent({
  ...violation,
  fact: 'checked',
  description: 'Somebody looked: it is resolved, or open again.',
  data: violationData.extend({ isResolved: z.boolean() }),
});

export const decorationViolationDeadlines = deadlineEvents(publisher, 'decoration-violation');
