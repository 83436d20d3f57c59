import type { Tx } from '@steward/db';
import type { staffLeft, StewardEvent } from '@steward/events';

import { staffReferenceEntity } from '../db/reference-entities.ts';

type LeavingData = ReturnType<(typeof staffLeft)['data']['parse']>;

/** Reaction: keeps from which day on a member of staff is no longer there. */
export async function keepStaffLeaving(tx: Tx, event: StewardEvent<LeavingData>): Promise<void> {
  const { staffId, leftOn } = event.data;
  await tx.update(staffReferenceEntity, { id: staffId }, { leftOn });
}
