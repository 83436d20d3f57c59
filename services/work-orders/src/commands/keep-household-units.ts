import type { Tx } from '@steward/db';
import type { householdUnitAdded, StewardEvent } from '@steward/events';
import { keepLatest } from '@steward/service-kit';

import { householdUnitEntity } from '../db/reference-entities.ts';

type UnitData = ReturnType<(typeof householdUnitAdded)['data']['parse']>;

/** Reaction: keeps which household holds which unit on which days. */
export async function keepHouseholdUnits(tx: Tx, events: readonly StewardEvent<UnitData>[]): Promise<void> {
  const holdings = events.map(({ tenantid: tenantId, data }) => {
    const { holdingId: id, householdId, unitId, validFrom, validTo } = data;
    return { id, tenantId, householdId, unitId, validFrom, validTo };
  });
  await keepLatest(tx, householdUnitEntity, holdings);
}
