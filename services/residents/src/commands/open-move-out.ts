import { DomainError, newId } from '@steward/core';
import type { Tx } from '@steward/db';
import { moveOutOpened } from '@steward/events';
import {
  insertAggregate,
  lockAuthorized,
  nextNumber,
  openChecklist,
  publish,
  resolvePolicy,
} from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { loadCommunity } from '../db/community-queries.ts';
import { findHoldings } from '../db/household-queries.ts';
import { moveOutAggregate } from '../db/move-out-entities.ts';
import { isMovingOut } from '../db/move-out-queries.ts';
import { acceptanceForm } from '../domain/move-in-policy.ts';
import { isHeldOn } from '../domain/household-rules.ts';
import { moveOutNumberPrefix, moveOutPolicy } from '../domain/move-out-policy.ts';
import type { OpenMoveOutInput } from '../graphql/generated.ts';
import { startClock } from './procedure-clocks.ts';

export const returnForm = 'RETURN';

const notYet = {
  status: 'OPEN',
  inspectedAt: null,
  keyCount: null,
  waterReading: null,
  electricityReading: null,
  gasReading: null,
  chargeState: 'NONE',
  chargeId: null,
  closedAt: null,
  cancelledAt: null,
  cancelReasonCode: null,
} as const;

/** A household says that it leaves a unit (B010). */
export async function openMoveOut(tx: Tx, input: OpenMoveOutInput): Promise<{ id: string }> {
  const { householdId, unitId, leavesOn } = input;
  const household = await lockAuthorized(tx, householdAggregate, { id: householdId });
  const { communityId } = household;
  const holding = (await findHoldings(tx, householdId)).find(
    (one) => one.unitId === unitId && isHeldOn(one, leavesOn) && one.validFrom < leavesOn,
  );
  if (holding === undefined) {
    throw new DomainError('BAD_USER_INPUT', 'UNIT_NOT_HELD_THEN', { path: 'input.unitId', rule: 'B010' });
  }
  if (await isMovingOut(tx, holding.id)) throw new DomainError('CONFLICT', 'MOVE_OUT_UNDER_WAY', { rule: 'B010' });
  const { timeZone } = await loadCommunity(tx, communityId);
  const number = await nextNumber(tx, communityId, moveOutNumberPrefix, timeZone);
  const whose = { communityId, number, householdId, unitId, holdingId: holding.id, leavesOn };
  const fresh = { ...notYet, counterSigned: [], ...whose, id: newId() };
  const moveOut = await insertAggregate(tx, moveOutAggregate, fresh, { action: 'openMoveOut', rule: 'B010' });
  publish(tx, moveOut, moveOutOpened, { moveOutId: moveOut.id, unitId, householdId, number, leavesOn });
  await openChecklist(tx, moveOutAggregate, moveOut, returnForm, acceptanceForm);
  const { completionDays, warnShare, directorShare } = await resolvePolicy(tx, moveOutPolicy, communityId);
  const span = { amount: completionDays, unit: 'day' } as const;
  const clock = { kind: 'MOVE_OUT_COMPLETION', rule: 'B010', span, warnShare, directorShare };
  await startClock(tx, moveOutAggregate, moveOut, clock);
  return { id: moveOut.id };
}
