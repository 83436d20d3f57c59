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

// ---- Return visits of key accounts

const visit = { publisher, aggregate: 'key-account-visit', version: 1 } as const;
const visitId = z.object({ visitId: id });

export const keyAccountVisitDue = defineEvent({
  ...visit,
  fact: 'due',
  description: 'A key account is to be visited again, by its segment.',
  data: visitId.extend({
    householdId: id,
    segment: z.enum(['MAIN_MERCHANT', 'SMALL_MERCHANT', 'RESIDENT']),
    dueOn: day.describe('the last day in time'),
  }),
});

export const keyAccountVisitRecorded = defineEvent({
  ...visit,
  fact: 'recorded',
  description: 'A key account was asked for its opinion, or not reached; what it said stays here.',
  data: visitId.extend({
    householdId: id,
    outcome: z.enum(['SATISFIED', 'UNSATISFIED', 'UNREACHABLE']),
    means: z.enum(['IN_PERSON', 'PHONE', 'MESSAGE']),
    visitedAt: instant,
  }),
});

export const keyAccountVisitComplained = defineEvent({
  ...visit,
  fact: 'complained',
  description: 'The complaint of a key account that was not satisfied stands in the register.',
  data: visitId.extend({ complaintId: id }),
});

export const keyAccountVisitCancelled = defineEvent({
  ...visit,
  fact: 'cancelled',
  description: 'The visit is no longer to be made.',
  data: visitId.extend({ reasonCode: code }),
});

export const keyAccountVisitDeadlines = deadlineEvents(publisher, 'key-account-visit');

// ---- Mandates to let and to sell

const mandate = { publisher, aggregate: 'rental-mandate', version: 1 } as const;
const mandateId = z.object({ mandateId: id });

export const rentalMandateOpened = defineEvent({
  ...mandate,
  fact: 'opened',
  description: 'An owner, or the developer for a vacant unit, wants something let or sold.',
  data: mandateId.extend({
    kind: z.enum(['RENTAL', 'SALE']),
    unitId: id,
    householdId: id.nullable().describe('null: a vacant unit of the developer'),
    developerId: id.nullable(),
  }),
});

export const rentalMandateTermsChanged = defineEvent({
  ...mandate,
  fact: 'terms-changed',
  description: 'The terms changed before they were signed.',
  data: mandateId,
});

export const rentalMandateSigned = defineEvent({
  ...mandate,
  fact: 'signed',
  description: 'The mandate was signed and holds.',
  data: mandateId.extend({ validTo: day.describe('first day on which it no longer holds') }),
});

export const rentalMandateViewingPlanned = defineEvent({
  ...mandate,
  fact: 'viewing-planned',
  description: 'Somebody is to be shown the unit in company of the staff.',
  data: mandateId.extend({ escortedAccessId: id }),
});

export const rentalMandateClosed = defineEvent({
  ...mandate,
  fact: 'closed',
  description: 'The contract was concluded.',
  data: mandateId.extend({ kind: z.enum(['RENTAL', 'SALE']), unitId: id, concludedOn: day }),
});

export const rentalMandateChargeRequested = defineEvent({
  ...mandate,
  fact: 'charge-requested',
  description: 'The commission is to be charged; billing answers with a charge.',
  data: mandateId.extend({
    unitId: id,
    householdId: id.nullable(),
    developerId: id.nullable(),
    chargeTypeCode: z.literal('AGENCY_COMMISSION'),
    fee: money,
    rule: z.literal('A226'),
  }),
});

export const rentalMandateChargeStateChanged = defineEvent({
  ...mandate,
  fact: 'charge-state-changed',
  description: 'What billing said of the commission was taken note of.',
  data: mandateId.extend({ chargeId: id, chargeState: z.enum(['RAISED', 'SETTLED', 'REVERSED']) }),
});

export const rentalMandateWithdrawn = defineEvent({
  ...mandate,
  fact: 'withdrawn',
  description: 'The mandate was taken back.',
  data: mandateId.extend({ reasonCode: code }),
});

export const rentalMandateLapsed = defineEvent({
  ...mandate,
  fact: 'lapsed',
  description: 'The time of the mandate ran out without a contract.',
  data: mandateId,
});
