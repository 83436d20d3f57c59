import type { Tx } from '@steward/db';
import type { staffLeft, StewardEvent } from '@steward/events';

import { staffReferenceEntity } from '../db/reference-entities.ts';
import { releaseFrom } from './release-orders-of-staff.ts';

type LeavingData = ReturnType<(typeof staffLeft)['data']['parse']>;

/** Reaction: keeps from which day on a member of staff is no longer there, and has their orders dispatched anew then. */
export async function keepStaffLeaving(tx: Tx, event: StewardEvent<LeavingData>): Promise<void> {
  const { staffId, leftOn } = event.data;
  await tx.update(staffReferenceEntity, { id: staffId }, { leftOn });
  await releaseFrom(tx, staffId, leftOn);
}
