import { DomainError, newId, refuseAll, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { custodyRegistered } from '@steward/events';
import {
  insertAggregate,
  invocationOf,
  lockAuthorized,
  lockNaturalKeys,
  nextNumber,
  publish,
} from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { findManagedCommunity, todayIn } from '../db/community-queries.ts';
import { custodyAggregate } from '../db/custody-entities.ts';
import { isUnderCustody } from '../db/custody-queries.ts';
import { findHoldings } from '../db/household-queries.ts';
import { custodyNumberPrefix } from '../domain/custody-policy.ts';
import { unitsHeldOn } from '../domain/household-rules.ts';
import type { RegisterCustodyInput } from '../graphql/generated.ts';

const untouched = {
  signedAt: null,
  startsOn: null,
  endsOn: null,
  managementFeeShare: null,
  startWaterM3: null,
  startElectricityKwh: null,
  lastWaterM3: null,
  lastElectricityKwh: null,
  lastReadAt: null,
  waterExceededAt: null,
  electricityExceededAt: null,
  reasonCode: null,
};

/** The household owns the unit, and nobody else looks after it already. */
async function unitViolations(
  tx: Tx,
  { householdId, unitId }: RegisterCustodyInput,
  today: string,
): Promise<Violation[]> {
  const owned = (await findHoldings(tx, householdId)).filter(({ tenure }) => tenure === 'OWNED');
  const violations: Violation[] = [];
  const place = { path: 'input.unitId', rule: 'A061' };
  if (!unitsHeldOn(owned, today).includes(unitId)) violations.push({ ...place, reason: 'UNIT_UNKNOWN' });
  if (await isUnderCustody(tx, unitId)) violations.push({ ...place, reason: 'CUSTODY_KNOWN' });
  return violations;
}

export async function registerCustody(tx: Tx, input: RegisterCustodyInput): Promise<{ id: string }> {
  const household = await lockAuthorized(tx, householdAggregate, { id: input.householdId });
  const { id: householdId, communityId } = household;
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('CONFLICT', 'COMMUNITY_LEFT', { rule: 'A061' });
  await lockNaturalKeys(tx, `custody/${input.unitId}`);
  refuseAll(await unitViolations(tx, input, todayIn(tx, community)));
  const number = await nextNumber(tx, communityId, custodyNumberPrefix, community.timeZone);
  const { unitId } = input;
  const coordinatorId = input.coordinatorId ?? invocationOf(tx).viewer.staffId ?? null;
  const fresh = { id: newId(), communityId, number, householdId, unitId, coordinatorId, ...untouched };
  const note = { action: 'registerCustody', rule: 'A061' };
  const custody = await insertAggregate(tx, custodyAggregate, { ...fresh, status: 'REQUESTED' }, note);
  publish(tx, custody, custodyRegistered, { custodyId: custody.id, householdId, unitId });
  return { id: custody.id };
}
