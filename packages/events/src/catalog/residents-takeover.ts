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

// ---- Takeover of a building or of common ground from the developer (A215)

const takeover = { publisher, aggregate: 'takeover', version: 1 } as const;
const ofTakeover = z.object({ takeoverId: id, placeId: id });

export const takeoverOpened = defineEvent({
  ...takeover,
  fact: 'opened',
  description: 'The takeover of a place from its developer began.',
  data: ofTakeover.extend({ number: z.string().min(1), developerId: id }),
});

export const takeoverChecked = defineEvent({
  ...takeover,
  fact: 'checked',
  description: 'Items of the takeover form have results.',
  data: z.object({ takeoverId: id, itemCodes: z.array(code), failedItemCodes: z.array(code) }),
});

export const takeoverDefectFound = defineEvent({
  ...takeover,
  fact: 'defect-found',
  description: 'Something is left over for the developer to put in order.',
  data: ofTakeover.extend({
    takeoverNumber: z.string().min(1),
    defectId: id,
    itemCode: code,
    tradeCode: code,
    problemCode: code,
    foundAt: instant,
    rule,
  }),
});

export const takeoverDefectFollowed = defineEvent({
  ...takeover,
  fact: 'defect-followed',
  description: 'How far the repair of a left-over defect is.',
  data: z.object({
    takeoverId: id,
    defectId: id,
    workOrderId: id.nullable(),
    state: z.enum(['FOUND', 'ORDERED', 'DONE', 'PASSED', 'FAILED']),
  }),
});

export const takeoverSigned = defineEvent({
  ...takeover,
  fact: 'signed',
  description: 'Both sides signed the takeover with its list of left-over defects.',
  data: ofTakeover.extend({ signedAt: instant, openDefectCount: z.int().min(0) }),
});

export const takeoverClosed = defineEvent({
  ...takeover,
  fact: 'closed',
  description: 'Nothing is left over any more.',
  data: ofTakeover.extend({ closedAt: instant }),
});

export const takeoverDeadlines = deadlineEvents(publisher, 'takeover');

// ---- Move-out (B010)

const moveOut = { publisher, aggregate: 'move-out', version: 1 } as const;
const ofMoveOut = z.object({ moveOutId: id, unitId: id, householdId: id });

export const moveOutOpened = defineEvent({
  ...moveOut,
  fact: 'opened',
  description: 'A household said that it leaves a unit.',
  data: ofMoveOut.extend({ number: z.string().min(1), leavesOn: z.iso.date().describe('first day without the unit') }),
});

export const moveOutInspected = defineEvent({
  ...moveOut,
  fact: 'inspected',
  description: 'The unit was gone through for its return; both sides confirmed the readings and the keys.',
  data: ofMoveOut.extend({
    failedItemCodes: z.array(code),
    keyCount: z.int().min(0),
    waterM3: decimal,
    electricityKwh: decimal,
    gasM3: decimal,
  }),
});

export const moveOutChargeRequested = defineEvent({
  ...moveOut,
  fact: 'charge-requested',
  description: 'Everything that a household owes for a unit is to be settled.',
  data: ofMoveOut.extend({ chargeTypeCode: code, endsOn: z.iso.date(), rule }),
});

export const moveOutChargeStateChanged = defineEvent({
  ...moveOut,
  fact: 'charge-state-changed',
  description: 'What billing said about the final settlement.',
  data: z.object({ moveOutId: id, chargeId: id, chargeState: z.enum(['RAISED', 'SETTLED', 'REVERSED']) }),
});

export const moveOutCounterSigned = defineEvent({
  ...moveOut,
  fact: 'counter-signed',
  description: 'A department has nothing against the exit.',
  data: z.object({ moveOutId: id, departmentCode: code }),
});

export const moveOutClosed = defineEvent({
  ...moveOut,
  fact: 'closed',
  description: 'The household has left the unit.',
  data: ofMoveOut.extend({ closedAt: instant, leavesOn: z.iso.date() }),
});

export const moveOutCancelled = defineEvent({
  ...moveOut,
  fact: 'cancelled',
  description: 'The household stays.',
  data: ofMoveOut.extend({ reasonCode: code }),
});

export const moveOutDeadlines = deadlineEvents(publisher, 'move-out');
