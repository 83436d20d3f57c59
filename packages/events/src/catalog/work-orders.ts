import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'work-orders';
const id = z.uuid();
const instant = z.iso.datetime();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const figure = z.string().regex(/^\d+(\.\d+)?$/);
const money = z.object({
  amount: z.int().describe('minor units of the currency'),
  currency: z.string().length(3).describe('ISO 4217'),
});
const party = z.enum(['OWN_FIT_OUT', 'DEVELOPER_WARRANTY', 'EQUIPMENT_CONTRACTOR', 'OWN_STAFF']);
const priority = z.enum(['EMERGENCY', 'NORMAL']);

// ---- Work order: one fact for each thing that happens to it, in the order of its versions.

const workOrder = { publisher, aggregate: 'work-order', version: 1 } as const;
const place = { placeId: id, unitId: id.nullable(), buildingId: id.nullable(), householdId: id.nullable() };
const classes = { tradeCode: code, problemCode: code, departmentCode: code };
const responsibility = { responsibleParty: party, isPaid: z.boolean() };

export const workOrderRegistered = defineEvent({
  ...workOrder,
  fact: 'registered',
  description: 'A request was taken in; whose it is and what it is about.',
  data: z.object({
    workOrderId: id,
    number: z.string().min(1),
    channelCode: code,
    ...place,
    ...classes,
    ...responsibility,
    priority,
    receivedAt: instant.describe('when the request was made; the clocks run from the time of the event'),
    source: z
      .object({ system: z.string().min(1), key: z.string().min(1) })
      .nullable()
      .describe('where another agency knows it; null for our own'),
  }),
});

export const workOrderUpdated = defineEvent({
  ...workOrder,
  fact: 'updated',
  description: 'Contact, content or convenient time were corrected; none of them is told.',
  data: z.object({ workOrderId: id }),
});

export const workOrderLocated = defineEvent({
  ...workOrder,
  fact: 'located',
  description: 'It was said where exactly and for which household the work is done.',
  data: z.object({ workOrderId: id, ...place, ...responsibility }),
});

export const workOrderReclassified = defineEvent({
  ...workOrder,
  fact: 'reclassified',
  description: 'The order was put under another trade, problem or part of the house.',
  data: z.object({ workOrderId: id, ...classes, ...responsibility }),
});

export const workOrderPriorityChanged = defineEvent({
  ...workOrder,
  fact: 'priority-changed',
  description: 'The order was made an emergency, or one no longer.',
  data: z.object({ workOrderId: id, priority }),
});

export const workOrderResponsiblePartyChanged = defineEvent({
  ...workOrder,
  fact: 'responsible-party-changed',
  description: 'A person decided who answers for the repair.',
  data: z.object({ workOrderId: id, ...responsibility, contractorId: id.nullable() }),
});

export const workOrderAssigned = defineEvent({
  ...workOrder,
  fact: 'assigned',
  description: 'A member of staff has the order from now on.',
  data: z.object({
    workOrderId: id,
    assigneeId: id,
    formerAssigneeId: id.nullable().describe('who had it before, on a transfer'),
    manner: z.enum(['ASSIGNED', 'DISPATCHED', 'TAKEN', 'TRANSFERRED']),
    dispatchCount: z.int().min(1).describe('numbers the slips of the order'),
  }),
});

export const workOrderReturned = defineEvent({
  ...workOrder,
  fact: 'returned',
  description: 'The assignee gave the order back; it waits to be dispatched again.',
  data: z.object({ workOrderId: id, formerAssigneeId: id }),
});

export const workOrderDispatchSlipPrinted = defineEvent({
  ...workOrder,
  fact: 'dispatch-slip-printed',
  description: 'The slip of a dispatch was put on paper; a copy above 0 is a reprint.',
  data: z.object({ workOrderId: id, dispatchCount: z.int().min(1), copy: z.int().min(0) }),
});

export const workOrderPaused = defineEvent({
  ...workOrder,
  fact: 'paused',
  description: 'The clocks of the order stand still.',
  data: z.object({ workOrderId: id, reasonCode: code, until: instant }),
});

export const workOrderResumed = defineEvent({
  ...workOrder,
  fact: 'resumed',
  description: 'The clocks of the order run again.',
  data: z.object({ workOrderId: id, dueAt: instant.nullable() }),
});

const appointment = z.object({ workOrderId: id, appointmentAt: instant });

export const workOrderAppointmentMade = defineEvent({
  ...workOrder,
  fact: 'appointment-made',
  description: 'A time was agreed with the customer.',
  data: appointment,
});

export const workOrderAppointmentRescheduled = defineEvent({
  ...workOrder,
  fact: 'appointment-rescheduled',
  description: 'The agreed time was moved.',
  data: appointment,
});

export const workOrderArrived = defineEvent({
  ...workOrder,
  fact: 'arrived',
  description: 'The assignee is on site.',
  data: z.object({ workOrderId: id, assigneeId: id, arrivedAt: instant }),
});

const quote = z.object({ workOrderId: id, quoteId: id, fee: money });

export const workOrderQuoted = defineEvent({
  ...workOrder,
  fact: 'quoted',
  description: 'Paid work was quoted; an earlier quote no longer holds.',
  data: quote,
});

export const workOrderQuoteAgreed = defineEvent({
  ...workOrder,
  fact: 'quote-agreed',
  description: 'The customer agreed to the quote.',
  data: quote.extend({ manner: z.enum(['ORAL', 'WRITTEN']) }),
});

export const workOrderQuoteDeclined = defineEvent({
  ...workOrder,
  fact: 'quote-declined',
  description: 'The customer declined the quote.',
  data: quote,
});

export const workOrderMaterialsRecorded = defineEvent({
  ...workOrder,
  fact: 'materials-recorded',
  description: 'Material was used; what the stores know by a code.',
  data: z.object({
    workOrderId: id,
    materials: z.array(
      z.object({ code: z.string().min(1).nullable(), quantity: figure, unit: z.string().min(1).max(20) }),
    ),
  }),
});

export const workOrderCompleted = defineEvent({
  ...workOrder,
  fact: 'completed',
  description: 'The work was reported as done.',
  data: z.object({
    workOrderId: id,
    assigneeId: id.nullable(),
    completedAt: instant,
    isInTime: z.boolean().describe('by its due time'),
    round: z.int().min(1).describe('1 for the first time, one more for each reopening'),
  }),
});

export const workOrderWaterTested = defineEvent({
  ...workOrder,
  fact: 'water-tested',
  description: 'A repaired leak was tested with water.',
  data: z.object({ workOrderId: id, testedAt: instant, isPassed: z.boolean() }),
});

export const workOrderAccepted = defineEvent({
  ...workOrder,
  fact: 'accepted',
  description: 'The household, or for a place without one the property company, accepted the work.',
  data: z.object({ workOrderId: id, acceptedAt: instant, acceptedBy: z.enum(['HOUSEHOLD', 'PROPERTY']) }),
});

export const workOrderChargeRequested = defineEvent({
  ...workOrder,
  fact: 'charge-requested',
  description: 'The agreed fee of accepted work is to be charged; billing answers with a charge.',
  data: z.object({
    workOrderId: id,
    quoteId: id,
    unitId: id.nullable(),
    householdId: id.nullable(),
    fee: money,
    lines: z.array(
      z.object({
        serviceCode: code,
        quantity: figure,
        unit: z.string().min(1).max(20),
        unitPriceAmount: z.int(),
        amount: z.int().describe('quantity times price, rounded once; the lines sum to the fee'),
      }),
    ),
    rule: z.string().min(1).describe("the service standard's rule: A110"),
  }),
});

export const workOrderReopened = defineEvent({
  ...workOrder,
  fact: 'reopened',
  description: 'The work is to be done again at once.',
  data: z.object({
    workOrderId: id,
    cause: z.enum(['WATER_TEST', 'ACCEPTANCE', 'RETURN_VISIT']),
    assigneeId: id.nullable().describe('null: to be dispatched again'),
    reworkCount: z.int().min(1),
  }),
});

export const workOrderReturnVisited = defineEvent({
  ...workOrder,
  fact: 'return-visited',
  description: 'A return visit was tried or made.',
  data: z.object({
    workOrderId: id,
    householdId: id.nullable(),
    visitedAt: instant,
    outcome: z.enum(['SATISFIED', 'UNSATISFIED', 'UNREACHABLE']),
    rating: z.int().min(1).max(5).nullable(),
    isFinal: z.boolean().describe('false: to be tried again'),
  }),
});

export const workOrderOpinionRecorded = defineEvent({
  ...workOrder,
  fact: 'opinion-recorded',
  description: 'The household gave its opinion on the result.',
  data: z.object({ workOrderId: id, rating: z.int().min(1).max(5) }),
});

export const workOrderUrged = defineEvent({
  ...workOrder,
  fact: 'urged',
  description: 'Somebody urged the work.',
  data: z.object({ workOrderId: id, urgeCount: z.int().min(1) }),
});

export const workOrderChargeStateChanged = defineEvent({
  ...workOrder,
  fact: 'charge-state-changed',
  description: 'What billing said about the charge of the order.',
  data: z.object({ workOrderId: id, chargeId: id, chargeState: z.enum(['RAISED', 'SETTLED', 'REVERSED']) }),
});

export const workOrderClosed = defineEvent({
  ...workOrder,
  fact: 'closed',
  description: 'Accepted and visited: nothing more to do.',
  data: z.object({ workOrderId: id, householdId: id.nullable(), closedAt: instant }),
});

export const workOrderCancelled = defineEvent({
  ...workOrder,
  fact: 'cancelled',
  description: 'The order will not be carried out.',
  data: z.object({ workOrderId: id, reasonCode: code }),
});

export const workOrderDeadlines = deadlineEvents(publisher, 'work-order');
