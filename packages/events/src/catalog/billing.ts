import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { policyEvents } from '../shared-events.ts';

const publisher = 'billing';
const id = z.uuid();
const instant = z.iso.datetime();
const money = z.object({
  amount: z.int().describe('minor units of the currency'),
  currency: z.string().length(3).describe('ISO 4217'),
});

// ---- Charge: what somebody owes for one thing. A work order closes on acceptance, not on these.

const cause = z
  .object({
    service: z.string().min(1).describe('the service that asked for the charge: work-orders, residents'),
    aggregateType: z.string().min(1).describe('work-order, decoration, move-in, move-out'),
    aggregateId: id,
  })
  .nullable()
  .describe('what it is charged for; null for charges of a charge run');

const charge = z.object({
  chargeId: id,
  communityId: id,
  unitId: id.nullable(),
  householdId: id.nullable(),
  chargeTypeCode: z.string().min(1).describe('PAID_SERVICE for work orders'),
  cause,
  fee: money,
});

export const chargeRaised = defineEvent({
  publisher,
  aggregate: 'charge',
  fact: 'raised',
  version: 1,
  description: 'Somebody owes an amount from now on.',
  data: charge.extend({ dueOn: z.iso.date().nullable().describe('last day in time; null: at once') }),
});

export const chargeSettled = defineEvent({
  publisher,
  aggregate: 'charge',
  fact: 'settled',
  version: 1,
  description: 'A charge was paid in full.',
  data: charge.extend({ settledAt: instant, receiptNumber: z.string().min(1).nullable() }),
});

export const chargeReversed = defineEvent({
  publisher,
  aggregate: 'charge',
  fact: 'reversed',
  version: 1,
  description: 'A charge was taken back by a posting of its own; what was paid on it is owed back.',
  data: charge.extend({ reversedAt: instant, reasonCode: z.string().min(1) }),
});

export const chargeReopened = defineEvent({
  publisher,
  aggregate: 'charge',
  fact: 'reopened',
  version: 1,
  description: 'A charge that was paid in full is owed again: the payment is void.',
  data: charge.extend({ reopenedAt: instant }),
});

// ---- Billing account: who owes

export const billingAccountOpened = defineEvent({
  publisher,
  aggregate: 'billing-account',
  fact: 'opened',
  version: 1,
  description: 'A party may owe from now on, for a unit or for none.',
  data: z.object({
    billingAccountId: id,
    communityId: id,
    unitId: id.nullable(),
    householdId: id.nullable(),
    partyKind: z.enum(['PERSON', 'ORGANISATION', 'HOUSEHOLD']),
    partyId: id,
  }),
});

/** Every service has a `policy.changed`, so this one has no name of its own. */
export const billingPolicy = policyEvents(publisher);
