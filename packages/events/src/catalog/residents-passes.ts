import { z } from 'zod';

import { defineEvent } from '../define-event.ts';

const publisher = 'residents';
const id = z.guid();
const instant = z.iso.datetime();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);

// ---- Pass: what a gate lets through. Codes, names and plates stay in residents.

const pass = { publisher, aggregate: 'pass', version: 1 } as const;

const issued = z.object({
  passId: id,
  kind: z.enum(['ITEM_RELEASE', 'VISITOR', 'VEHICLE', 'WORKER', 'BUS', 'SHOW_FLAT']),
  householdId: id.nullable(),
  unitId: id.nullable(),
  organisationId: id.nullable().describe('the contractor whose people it is for'),
  cause: z
    .object({ type: z.string().min(1).describe('decoration, escorted-access'), id })
    .nullable()
    .describe('the procedure that it ends with'),
  validFrom: instant,
  validTo: instant.describe('the first instant at which it no longer holds'),
});

export const passRequested = defineEvent({
  ...pass,
  fact: 'requested',
  description: 'A household asked for a pass; the desk decides.',
  data: issued,
});

export const passIssued = defineEvent({
  ...pass,
  fact: 'issued',
  description: 'A pass holds from validFrom on.',
  data: issued,
});

export const passExtended = defineEvent({
  ...pass,
  fact: 'extended',
  description: 'A pass ends at another time, with the procedure that it belongs to.',
  data: z.object({ passId: id, validTo: instant }),
});

export const passVerified = defineEvent({
  ...pass,
  fact: 'verified',
  description: 'A guard let somebody or something through a gate on it.',
  data: z.object({
    passId: id,
    usedAt: instant,
    gateId: id.describe('a common area of the kind GATE'),
    guardId: id.nullable(),
    direction: z.enum(['ENTRY', 'EXIT']),
    isUsedUp: z.boolean().describe('it opens no gate again'),
    condition: z
      .object({ isDamaged: z.boolean(), isLocked: z.boolean() })
      .nullable()
      .describe('of a vehicle at its entry; null where none was looked at'),
  }),
});

const ended = z.object({ passId: id, reasonCode: code });

export const passSuspended = defineEvent({
  ...pass,
  fact: 'suspended',
  description: 'A pass opens no gate for the time being.',
  data: ended,
});

export const passResumed = defineEvent({
  ...pass,
  fact: 'resumed',
  description: 'A suspended pass holds again.',
  data: z.object({ passId: id }),
});

export const passWithdrawn = defineEvent({
  ...pass,
  fact: 'withdrawn',
  description: 'A pass or a request for one was taken back.',
  data: ended,
});

export const passExpired = defineEvent({
  ...pass,
  fact: 'expired',
  description: 'The time of a pass is over.',
  data: z.object({ passId: id }),
});
