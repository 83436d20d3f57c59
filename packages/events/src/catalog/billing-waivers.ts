import { z } from 'zod';

import { defineEvent } from '../define-event.ts';

const publisher = 'billing';
const id = z.uuid();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);

// ---- Waiver: what of a charge is forgiven.

const waiver = { publisher, aggregate: 'waiver', version: 1 } as const;
const ofWaiver = z.object({
  waiverId: id,
  chargeId: id,
  billingAccountId: id,
  chargeTypeCode: code,
  waived: z.object({ amount: z.int().describe('minor units of the currency'), currency: z.string().length(3) }),
  reasonCode: code,
});

export const waiverRequested = defineEvent({
  ...waiver,
  fact: 'requested',
  description: 'A charge is to be forgiven, in whole or in part; somebody else decides.',
  data: ofWaiver,
});

export const waiverDecided = defineEvent({
  ...waiver,
  fact: 'decided',
  description:
    'It was decided whether it is forgiven; a charge of which nothing is left tells of itself that it is settled.',
  data: ofWaiver.extend({ isApproved: z.boolean() }),
});

export const waiverWithdrawn = defineEvent({
  ...waiver,
  fact: 'withdrawn',
  description: 'Whoever asked for a waiver takes it back before a decision.',
  data: ofWaiver,
});

export const waiverReversed = defineEvent({
  ...waiver,
  fact: 'reversed',
  description: 'What was forgiven is owed after all, or its charge was taken back.',
  data: ofWaiver.extend({ reversalReasonCode: code }),
});
