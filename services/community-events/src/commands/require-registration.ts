import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';

import { activityRegistrationEntity } from '../db/activity-entities.ts';

/** A registration that is named has to be one of the activity. */
export async function requireRegistrationOf(tx: Tx, activityId: string, id: string): Promise<void> {
  const found = await tx.findOneBy(activityRegistrationEntity, { id, activityId });
  if (found === null) refuseAll([{ path: 'input.registrationId', reason: 'REGISTRATION_UNKNOWN', rule: 'A105' }]);
}
