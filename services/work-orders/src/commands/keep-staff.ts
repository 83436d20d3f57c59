import type { Tx } from '@steward/db';
import type { staffRegistered, StewardEvent } from '@steward/events';

import { staffReferenceEntity } from '../db/reference-entities.ts';

type StaffData = ReturnType<(typeof staffRegistered)['data']['parse']>;

/** Reaction: keeps which members of staff there are; trades, duty and posts follow as facts of their own. */
export async function keepStaff(tx: Tx, events: readonly StewardEvent<StaffData>[]): Promise<void> {
  const fresh = { tradeCodes: [], onDutyFrom: null, onDutyTo: null, leftOn: null };
  const staff = events.map(({ tenantid: tenantId, data: { staffId, number } }) => ({
    id: staffId,
    tenantId,
    number,
    ...fresh,
  }));
  await tx.insert(staffReferenceEntity, staff);
}
