import type { Tx } from '@steward/db';
import type { householdRegistered, StewardEvent } from '@steward/events';
import { keepLatest } from '@steward/service-kit';

import { householdReferenceEntity } from '../db/reference-entities.ts';

type HouseholdData = ReturnType<(typeof householdRegistered)['data']['parse']>;

/** Reaction: keeps which households there are, and in which community. */
export async function keepHouseholds(tx: Tx, events: readonly StewardEvent<HouseholdData>[]): Promise<void> {
  const households = events.map(({ tenantid: tenantId, data: { householdId: id, communityId } }) => {
    return { id, tenantId, communityId };
  });
  await keepLatest(tx, householdReferenceEntity, households);
}
