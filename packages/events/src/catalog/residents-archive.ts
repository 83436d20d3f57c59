import { z } from 'zod';

import { defineEvent } from '../define-event.ts';

const publisher = 'residents';
const id = z.guid();
const instant = z.iso.datetime();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const kind = z.enum(['TAKEOVER', 'HANDOVER', 'DECORATION', 'QUALITY_RECORD']);

// ---- The four file sets (A213)

export const fileSetOpened = defineEvent({
  publisher,
  aggregate: 'file-set',
  fact: 'opened',
  version: 1,
  description: 'A community keeps this file set.',
  data: z.object({ fileSetId: id, kind }),
});

export const fileSetChanged = defineEvent({
  publisher,
  aggregate: 'file-set',
  fact: 'changed',
  version: 1,
  description: 'A document was put into a file set of a community.',
  data: z.object({
    fileSetId: id,
    kind,
    documentKindCode: code,
    missingKindCodes: z.array(code),
    isComplete: z.boolean(),
  }),
});

// ---- Reading rights for a time (A214)

const fileInspection = { publisher, aggregate: 'file-inspection', version: 1 } as const;

export const fileInspectionGranted = defineEvent({
  ...fileInspection,
  fact: 'granted',
  description: "Somebody of the owners' committee, an owner or an auditor may read file sets until a time.",
  data: z.object({
    fileInspectionId: id,
    personId: id,
    role: z.enum(['OWNER', 'COMMITTEE', 'AUDITOR']),
    fileSetKinds: z.array(kind).min(1),
    validTo: instant,
  }),
});

export const fileInspectionEnded = defineEvent({
  ...fileInspection,
  fact: 'ended',
  description: 'The right to read is over: its time has come, or it was taken back.',
  data: z.object({ fileInspectionId: id, personId: id, endedAt: instant, reasonCode: code }),
});

// ---- The contact list of the four parties (B020)

const contactList = { publisher, aggregate: 'contact-list', version: 1 } as const;

export const contactListChanged = defineEvent({
  ...contactList,
  fact: 'changed',
  description: 'An entry of the contact list was added, changed or removed; who it is is not told.',
  data: z.object({
    contactListId: id,
    entryId: id,
    party: z.enum(['CONTRACTOR', 'DEVELOPER', 'MERCHANT', 'PROPERTY']),
    change: z.enum(['ADDED', 'CHANGED', 'REMOVED']),
  }),
});

export const contactListReported = defineEvent({
  ...contactList,
  fact: 'reported',
  description: 'What changed in a week or a month was reported.',
  data: z.object({
    contactListId: id,
    reportId: id,
    period: z.enum(['WEEK', 'MONTH']),
    startsOn: z.iso.date(),
    addedCount: z.int().min(0),
    changedCount: z.int().min(0),
    removedCount: z.int().min(0),
  }),
});
