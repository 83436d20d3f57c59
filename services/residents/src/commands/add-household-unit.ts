import { DomainError, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { householdUnitAdded } from '@steward/events';
import { lockAuthorized, lockNaturalKeys, publish, saveAggregate } from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { placeEntity } from '../db/entities.ts';
import { loadCommunity } from '../db/community-queries.ts';
import { findHoldings, findOwnedDays, insertHoldings } from '../db/household-queries.ts';
import { requireCommunityAction } from '../domain/community-rules.ts';
import { holdingFact } from '../domain/household-facts.ts';
import { holdingViolations } from '../domain/household-rules.ts';
import type { AddHouseholdUnitInput } from '../graphql/generated.ts';

export async function addHouseholdUnit(tx: Tx, input: AddHouseholdUnitInput): Promise<{ id: string }> {
  const { unitId, tenure, validFrom, validTo = null } = input;
  const household = await lockAuthorized(tx, householdAggregate, input);
  // Two households may ask for the same unit at once, and an import as well.
  await lockNaturalKeys(tx, 'household');
  const { communityId } = household;
  requireCommunityAction(await loadCommunity(tx, communityId), 'registerHouseholds');
  if (!(await tx.existsBy(placeEntity, { id: unitId, communityId, kind: 'UNIT' }))) {
    throw new DomainError('BAD_USER_INPUT', 'UNIT_UNKNOWN', { path: 'input.unitId' });
  }
  const ownedByOthers = (await findOwnedDays(tx, [unitId])).filter(({ householdId }) => householdId !== household.id);
  const terms = { unitId, tenure, validFrom, validTo };
  refuseAll(holdingViolations(terms, { ownedByOthers, own: await findHoldings(tx, household.id) }, 'input'));
  const [holding] = await insertHoldings(tx, [{ ...terms, householdId: household.id }]);
  const saved = await saveAggregate(tx, householdAggregate, household, household, { action: 'addHouseholdUnit' });
  if (holding !== undefined) publish(tx, saved, householdUnitAdded, holdingFact(holding));
  return { id: household.id };
}
