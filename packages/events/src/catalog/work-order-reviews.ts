import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { deadlineEvents, policyEvents } from '../shared-events.ts';

const publisher = 'work-orders';
const id = z.uuid();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const figure = z.string().regex(/^\d+(\.\d+)?$/);
const money = z.object({
  amount: z.int().describe('minor units of the currency'),
  currency: z.string().length(3).describe('ISO 4217'),
});

// ---- Weekly sample

const sample = { publisher, aggregate: 'work-order-sample', version: 1 } as const;

export const workOrderSampleDrawn = defineEvent({
  ...sample,
  fact: 'drawn',
  description: 'Orders of a week were drawn whose households are asked how satisfied they are.',
  data: z.object({
    sampleId: id,
    weekStartsOn: z.iso.date().describe('Monday, in the zone of the community'),
    completedCount: z.int().min(0),
    workOrderIds: z.array(id),
  }),
});

export const workOrderSampleVisitRecorded = defineEvent({
  ...sample,
  fact: 'visit-recorded',
  description: 'A household of the sample was asked, or was not met.',
  data: z.object({ sampleId: id, workOrderId: id, rating: z.int().min(1).max(5).nullable() }),
});

export const workOrderSampleCompleted = defineEvent({
  ...sample,
  fact: 'completed',
  description: 'The last household of the sample was asked.',
  data: z.object({ sampleId: id }),
});

export const workOrderSampleDeadlines = deadlineEvents(publisher, 'work-order-sample');

// ---- Monthly report

const report = { publisher, aggregate: 'work-order-monthly-report', version: 1 } as const;

export const workOrderMonthlyReportIssued = defineEvent({
  ...report,
  fact: 'issued',
  description: 'The figures of a month were put on record and sent to engineering.',
  data: z.object({
    reportId: id,
    month: z.string().regex(/^\d{4}-\d{2}$/),
    completedCount: z.int().min(0),
    completedInTimeCount: z.int().min(0),
    timelinessRate: figure.nullable(),
  }),
});

export const workOrderMonthlyReportChecked = defineEvent({
  ...report,
  fact: 'checked',
  description: 'The report was checked against the state of the buildings.',
  data: z.object({ reportId: id }),
});

export const workOrderMonthlyReportMeasureProposed = defineEvent({
  ...report,
  fact: 'measure-proposed',
  description: 'A supervisor proposed a measure for a member of staff; its reason stays with the report.',
  data: z.object({
    reportId: id,
    proposalId: id,
    staffId: id,
    measure: z.enum(['REWARD', 'PENALTY', 'PROMOTION', 'DEMOTION']),
  }),
});

export const workOrderMonthlyReportDeadlines = deadlineEvents(publisher, 'work-order-monthly-report');

// ---- Catalogues and figures

const paidService = z.object({
  paidServiceId: id,
  communityId: id,
  code,
  tradeCode: code,
  departmentCode: code,
  unitPrice: money,
  unit: z.string().min(1).max(20),
});

export const paidServicePublished = defineEvent({
  publisher,
  aggregate: 'paid-service',
  fact: 'published',
  version: 1,
  description: 'A paid service is offered at a price from now on; the whole state, not the difference.',
  data: paidService,
});

export const paidServiceRetired = defineEvent({
  publisher,
  aggregate: 'paid-service',
  fact: 'retired',
  version: 1,
  description: 'A paid service is no longer offered.',
  data: paidService,
});

export const workOrderCodeSet = defineEvent({
  publisher,
  aggregate: 'work-order-code',
  fact: 'set',
  version: 1,
  description: 'A community added, changed or retired a trade, problem or channel of its own.',
  data: z.object({
    kind: z.enum(['TRADE', 'PROBLEM', 'CHANNEL']),
    code,
    tradeCode: code.nullable(),
    isRetired: z.boolean(),
  }),
});

/** Every service has a `policy.changed`, so this one has no name of its own. */
export const workOrderPolicy = policyEvents(publisher);
