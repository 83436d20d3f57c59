import type { Tx } from '@steward/db';
import type { householdRegistered, StewardEvent } from '@steward/events';

import { householdReferenceEntity } from '../db/reference-entities.ts';

type HouseholdData = ReturnType<(typeof householdRegistered)['data']['parse']>;

/** Reaction: keeps that there is a household, and in which community. */
export async function keepHousehold(tx: Tx, event: StewardEvent<HouseholdData>): Promise<void> {
  const { householdId, communityId } = event.data;
  const reference = { id: householdId, tenantId: event.tenantid, communityId };
  await tx.upsert(householdReferenceEntity, reference, { conflictPaths: ['id'] });
}
