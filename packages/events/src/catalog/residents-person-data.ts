import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'residents';
const id = z.guid();
const instant = z.iso.datetime();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);

// ---- Erasure of a person's data: asked for, decided by somebody else, told to every holder.

const erasure = { publisher, aggregate: 'person-erasure', version: 1 } as const;
const ofErasure = z.object({ erasureId: id, personId: id });

export const personErasureRequested = defineEvent({
  ...erasure,
  fact: 'requested',
  description: "A person's data is to be erased; nothing stands in the way, a leader decides.",
  data: ofErasure.extend({ reasonCode: code }),
});

export const personErasureRejected = defineEvent({
  ...erasure,
  fact: 'rejected',
  description: 'The data is kept; the reason stays in residents.',
  data: ofErasure,
});

export const personErasureCarriedOut = defineEvent({
  ...erasure,
  fact: 'carried-out',
  description: 'Residents erased the person; the holders are told by a fact of the person.',
  data: ofErasure,
});

export const personErased = defineEvent({
  publisher,
  aggregate: 'person',
  fact: 'erased',
  version: 1,
  description: 'Every holder erases what tells who the person was; amounts, dates and ids stay.',
  data: z.object({
    personId: id,
    erasureId: id,
    erasedAt: instant,
    vacatedHouseholdIds: z
      .array(id)
      .describe('households of the person in which nobody is left: their contacts and words are erased too'),
  }),
});

export const personErasureDeadlines = deadlineEvents(publisher, 'person-erasure');
