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

// ---- Membership cards

const card = { publisher, aggregate: 'membership-card', version: 1 } as const;
const cardId = z.object({ cardId: id });

export const membershipCardApplied = defineEvent({
  ...card,
  fact: 'applied',
  description: 'A person or an organisation that is eligible applied for a card.',
  data: cardId.extend({
    tier: z.enum(['MEMBER', 'BULK', 'VIP']),
    personId: id.nullable(),
    organisationId: id.nullable(),
    householdId: id.nullable().optional().describe('by which they are eligible; absent in older facts'),
  }),
});

export const membershipCardIssued = defineEvent({
  ...card,
  fact: 'issued',
  description: 'A card was issued, or renewed for another term.',
  data: cardId.extend({
    tier: z.enum(['MEMBER', 'BULK', 'VIP']),
    validTo: day.describe('first day on which it no longer holds'),
  }),
});

export const membershipCardRefused = defineEvent({
  ...card,
  fact: 'refused',
  description: 'The application was refused.',
  data: cardId.extend({ reasonCode: code }),
});

export const membershipCardProfileUpdated = defineEvent({
  ...card,
  fact: 'profile-updated',
  description: 'The file of a VIP was brought up to date; none of its words are told.',
  data: cardId,
});

export const membershipCardEnded = defineEvent({
  ...card,
  fact: 'ended',
  description: 'The card ended before its time.',
  data: cardId.extend({ reasonCode: code }),
});

export const membershipCardExpired = defineEvent({
  ...card,
  fact: 'expired',
  description: 'The term of the card is over.',
  data: cardId,
});

export const membershipCardDeadlines = deadlineEvents(publisher, 'membership-card');

// ---- Applications for invoices

const invoice = { publisher, aggregate: 'invoice-application', version: 1 } as const;
const applicationId = z.object({ applicationId: id });

export const invoiceApplicationMade = defineEvent({
  ...invoice,
  fact: 'made',
  description: 'Somebody wants an invoice of what they paid.',
  data: applicationId.extend({
    kind: z.enum(['ORDINARY', 'SPECIAL']),
    householdId: id.nullable(),
    organisationId: id.nullable(),
    purposeCode: code,
    chargeId: id.nullable(),
    total: money,
  }),
});

export const invoiceApplicationIssued = defineEvent({
  ...invoice,
  fact: 'issued',
  description: 'The invoice was issued.',
  data: applicationId.extend({ chargeId: id.nullable(), issuedAt: instant }),
});

export const invoiceApplicationRefused = defineEvent({
  ...invoice,
  fact: 'refused',
  description: 'The invoice is not issued.',
  data: applicationId.extend({ reasonCode: code }),
});

export const invoiceApplicationWithdrawn = defineEvent({
  ...invoice,
  fact: 'withdrawn',
  description: 'Nobody needs the invoice any more.',
  data: applicationId,
});

export const invoiceApplicationDeadlines = deadlineEvents(publisher, 'invoice-application');

// ---- Broadcasts

const script = { publisher, aggregate: 'broadcast-script', version: 1 } as const;
const scriptId = z.object({ scriptId: id });

export const broadcastScriptDrafted = defineEvent({
  ...script,
  fact: 'drafted',
  description: 'Something that is to be read out was drafted.',
  data: scriptId.extend({
    kind: z.enum(['OPENING', 'CLOSING', 'SAFETY', 'LOST_AND_FOUND', 'PROMOTION', 'GENERAL']),
    placeId: id.nullable().describe('null: everywhere'),
  }),
});

export const broadcastScriptChanged = defineEvent({
  ...script,
  fact: 'changed',
  description: 'The draft changed.',
  data: scriptId,
});

export const broadcastScriptApproved = defineEvent({
  ...script,
  fact: 'approved',
  description: 'Somebody who did not write it approved it.',
  data: scriptId,
});

export const broadcastScriptScheduled = defineEvent({
  ...script,
  fact: 'scheduled',
  description: 'It is read out at its times.',
  data: scriptId.extend({ validFrom: day, validTo: day.describe('first day on which it is not read out any more') }),
});

export const broadcastScriptDue = defineEvent({
  ...script,
  fact: 'due',
  description: 'It is to be read out now.',
  data: scriptId.extend({ runId: id, dueAt: instant }),
});

export const broadcastScriptRead = defineEvent({
  ...script,
  fact: 'read',
  description: 'It was read out.',
  data: scriptId.extend({ runId: id, readAt: instant }),
});

export const broadcastScriptEnded = defineEvent({
  ...script,
  fact: 'ended',
  description: 'Its last day is over.',
  data: scriptId,
});

export const broadcastScriptWithdrawn = defineEvent({
  ...script,
  fact: 'withdrawn',
  description: 'It is not read out any more.',
  data: scriptId.extend({ reasonCode: code }),
});

export const broadcastScriptDeadlines = deadlineEvents(publisher, 'broadcast-script');

// ---- Counter-signing routes

const route = { publisher, aggregate: 'counter-sign-route', version: 1 } as const;
const routeId = z.object({ routeId: id });

export const counterSignRouteOpened = defineEvent({
  ...route,
  fact: 'opened',
  description: 'Papers of a procedure go round the departments.',
  data: routeId.extend({
    kind: z.enum(['DECORATION', 'TEMPORARY_STRUCTURE', 'MOVE_OUT', 'MANDATE', 'OTHER']),
    subjectId: id.nullable(),
    departmentCodes: z.array(code).describe('in their order'),
  }),
});

export const counterSignRouteSigned = defineEvent({
  ...route,
  fact: 'signed',
  description: 'A department signed in its turn.',
  data: routeId.extend({ departmentCode: code, round: z.int().min(1) }),
});

export const counterSignRouteReturned = defineEvent({
  ...route,
  fact: 'returned',
  description: 'A department sent the papers back; why stays here.',
  data: routeId.extend({ departmentCode: code, round: z.int().min(1) }),
});

export const counterSignRouteResubmitted = defineEvent({
  ...route,
  fact: 'resubmitted',
  description: 'What was wrong was put right; the papers go round anew.',
  data: routeId.extend({ round: z.int().min(1) }),
});

export const counterSignRouteCompleted = defineEvent({
  ...route,
  fact: 'completed',
  description: 'Every department has signed.',
  data: routeId.extend({
    kind: z.enum(['DECORATION', 'TEMPORARY_STRUCTURE', 'MOVE_OUT', 'MANDATE', 'OTHER']),
    subjectId: id.nullable(),
  }),
});

export const counterSignRouteCancelled = defineEvent({
  ...route,
  fact: 'cancelled',
  description: 'The papers go round no more.',
  data: routeId.extend({ reasonCode: code }),
});

export const counterSignRouteDeadlines = deadlineEvents(publisher, 'counter-sign-route');
