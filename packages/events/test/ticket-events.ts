import { z } from 'zod';

import { defineEvent } from '../src/index.ts';

const publisher = 'evt-source';
const aggregate = 'ticket';
const ticketId = z.guid();

export const ticketOpened = defineEvent({
  publisher,
  aggregate,
  fact: 'opened',
  version: 1,
  description: 'Opened.',
  data: z.object({ ticketId }),
});

export const ticketChanged = defineEvent({
  publisher,
  aggregate,
  fact: 'changed',
  version: 1,
  description: 'Changed.',
  data: z.object({ ticketId, amount: z.int() }),
});

export const ticketClosed = defineEvent({
  publisher,
  aggregate,
  fact: 'closed',
  version: 1,
  description: 'Closed.',
  data: z.object({ ticketId }),
});

/** Known to the catalogue, though no handler takes it. */
export const ticketChangedV2 = defineEvent({
  publisher,
  aggregate,
  fact: 'changed',
  version: 2,
  description: 'Changed.',
  data: z.object({ ticketId, amounts: z.array(z.int()) }),
});

export const stampUsed = defineEvent({
  publisher,
  aggregate: 'stamp',
  fact: 'used',
  version: 1,
  description: 'Used.',
  data: z.object({ ticketId }),
});

export const testCatalog = [ticketOpened, ticketChanged, ticketClosed, ticketChangedV2, stampUsed];
