import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'residents';
const id = z.guid();
const instant = z.iso.datetime();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const rule = z
  .string()
  .regex(/^[A-Z]\d{3}$/)
  .describe("the service standard's rule");
const decimal = z.string().regex(/^\d+(\.\d+)?$/);

const moveIn = { publisher, aggregate: 'move-in', version: 1 } as const;
const ofMoveIn = z.object({ moveInId: id, unitId: id, householdId: id });

export const moveInOpened = defineEvent({
  ...moveIn,
  fact: 'opened',
  description: 'A household applied to move into a unit.',
  data: ofMoveIn.extend({ number: z.string().min(1), applicantKind: z.enum(['OWNER', 'AGENT', 'COMPANY']) }),
});

export const moveInPapersFiled = defineEvent({
  ...moveIn,
  fact: 'papers-filed',
  description: 'Papers of a move-in were put into the household file.',
  data: z.object({ moveInId: id, kindCodes: z.array(code), missingKindCodes: z.array(code) }),
});

export const moveInAgreementsSigned = defineEvent({
  ...moveIn,
  fact: 'agreements-signed',
  description: 'The household signed the register form and the agreements.',
  data: z.object({ moveInId: id, signedAt: instant }),
});

export const moveInHandedOver = defineEvent({
  ...moveIn,
  fact: 'handed-over',
  description: 'Keys, handbook and utility plan were handed over and confirmed.',
  data: ofMoveIn.extend({ keyCount: z.int().min(1), handedOverAt: instant }),
});

export const moveInChargeRequested = defineEvent({
  ...moveIn,
  fact: 'charge-requested',
  description: 'The management fee of a move-in is to be charged; billing knows its tariff.',
  data: ofMoveIn.extend({ chargeTypeCode: code, startsOn: z.iso.date().describe('first day it is due for'), rule }),
});

export const moveInChargeStateChanged = defineEvent({
  ...moveIn,
  fact: 'charge-state-changed',
  description: 'What billing said about the charge of a move-in.',
  data: z.object({ moveInId: id, chargeId: id, chargeState: z.enum(['RAISED', 'SETTLED', 'REVERSED']) }),
});

export const moveInInspected = defineEvent({
  ...moveIn,
  fact: 'inspected',
  description: 'The unit was gone through item by item, for the first time or again.',
  data: ofMoveIn.extend({ round: z.int().min(1), failedItemCodes: z.array(code), inspectedAt: instant }),
});

export const moveInDefectFound = defineEvent({
  ...moveIn,
  fact: 'defect-found',
  description: 'An item of the acceptance form is not in order; the developer is to repair it under warranty.',
  data: ofMoveIn.extend({
    moveInNumber: z.string().min(1),
    defectId: id,
    itemCode: code,
    tradeCode: code,
    problemCode: code,
    round: z.int().min(1),
    foundAt: instant,
    rule,
  }),
});

export const moveInDefectFollowed = defineEvent({
  ...moveIn,
  fact: 'defect-followed',
  description: 'How far the repair of a defect is.',
  data: z.object({
    moveInId: id,
    defectId: id,
    workOrderId: id.nullable(),
    state: z.enum(['FOUND', 'ORDERED', 'DONE', 'PASSED', 'FAILED']),
  }),
});

export const moveInReadingsConfirmed = defineEvent({
  ...moveIn,
  fact: 'readings-confirmed',
  description: 'Both sides confirmed the base readings of the three meters.',
  data: ofMoveIn.extend({ waterM3: decimal, electricityKwh: decimal, gasM3: decimal, readAt: instant }),
});

export const moveInReacceptanceAppointed = defineEvent({
  ...moveIn,
  fact: 'reacceptance-appointed',
  description: 'A time was agreed for the joint re-acceptance.',
  data: z.object({ moveInId: id, reacceptanceAt: instant }),
});

export const moveInClosed = defineEvent({
  ...moveIn,
  fact: 'closed',
  description: 'The owner signed and nothing is missing: the household has moved in.',
  data: ofMoveIn.extend({ closedAt: instant }),
});

export const moveInCancelled = defineEvent({
  ...moveIn,
  fact: 'cancelled',
  description: 'The move-in will not take place.',
  data: ofMoveIn.extend({ reasonCode: code }),
});

export const moveInDeadlines = deadlineEvents(publisher, 'move-in');
