import type { Tx } from '@steward/db';
import { householdUnitReleased } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { findHoldings, setHoldingEnd } from '../db/household-queries.ts';
import { holdingFact } from '../domain/household-facts.ts';
import { endRange, requireKnown } from '../domain/household-rules.ts';
import type { ReleaseHouseholdUnitInput } from '../graphql/generated.ts';

export async function releaseHouseholdUnit(tx: Tx, input: ReleaseHouseholdUnitInput): Promise<{ id: string }> {
  const household = await lockAuthorized(tx, householdAggregate, input);
  const held = requireKnown(await findHoldings(tx, household.id), input.holdingId, 'HOLDING_UNKNOWN');
  const released = endRange(held, input.validTo);
  await setHoldingEnd(tx, released);
  const saved = await saveAggregate(tx, householdAggregate, household, household, { action: 'releaseHouseholdUnit' });
  publish(tx, saved, householdUnitReleased, holdingFact(released));
  return { id: household.id };
}
