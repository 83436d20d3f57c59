import { defineEvent } from '@steward/events';
import { z } from 'zod';

export const depotName = 'chaos-depot';
export const ledgerName = 'chaos-ledger';
export const serviceNames = [depotName, ledgerName] as const;

export type RigService = (typeof serviceNames)[number];

/** Everything the rig does is one company's, in one community. */
export const tenantId = '0190d9a2-0000-7000-8000-0000000c4a05';
export const communityId = '0190d9a2-0000-7000-8000-0000000c4a06';

export const parcelMoved = defineEvent({
  publisher: depotName,
  aggregate: 'parcel',
  fact: 'moved',
  version: 1,
  description: 'A parcel was moved once more.',
  data: z.object({ parcelId: z.guid() }),
});

export const receiptNoted = defineEvent({
  publisher: ledgerName,
  aggregate: 'receipt',
  fact: 'noted',
  version: 1,
  description: 'A move of a parcel was written down.',
  data: z.object({ receiptId: z.guid(), moveId: z.guid() }),
});
