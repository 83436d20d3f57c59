import type { Tx } from '@steward/db';
import type { staffRegistered, StewardEvent } from '@steward/events';

import { staffReferenceEntity } from '../db/reference-entities.ts';

type StaffData = ReturnType<(typeof staffRegistered)['data']['parse']>;

/** Reaction: keeps that there is a member of staff; posts follow as facts of their own. */
export async function keepStaff(tx: Tx, event: StewardEvent<StaffData>): Promise<void> {
  await tx.insert(staffReferenceEntity, { id: event.data.staffId, tenantId: event.tenantid, leftOn: null });
}
