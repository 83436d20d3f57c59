import type { Tx } from '@steward/db';
import type { householdUnitAdded, StewardEvent } from '@steward/events';

import { householdUnitEntity } from '../db/reference-entities.ts';

type UnitData = ReturnType<(typeof householdUnitAdded)['data']['parse']>;

/** Reaction: keeps which household holds which unit on which days. */
export async function keepHouseholdUnit(tx: Tx, event: StewardEvent<UnitData>): Promise<void> {
  const { holdingId, householdId, unitId, validFrom, validTo } = event.data;
  const holding = { id: holdingId, tenantId: event.tenantid, householdId, unitId, validFrom, validTo };
  await tx.upsert(householdUnitEntity, holding, { conflictPaths: ['id'] });
}
