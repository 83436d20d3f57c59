import { DomainError, newId, refuseAll, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { moveInOpened } from '@steward/events';
import {
  insertAggregate,
  invocationOf,
  lockAuthorized,
  nextNumber,
  openChecklist,
  publish,
  resolvePolicy,
} from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { findManagedCommunity } from '../db/community-queries.ts';
import { moveInAggregate } from '../db/move-in-aggregates.ts';
import { holdsUnit, isMovingIn } from '../db/move-in-queries.ts';
import { tell } from '../db/notices.ts';
import { moveInOpenedFact } from '../domain/move-in-facts.ts';
import { acceptanceForm, moveInNumberPrefix, moveInTimesPolicy } from '../domain/move-in-policy.ts';
import type { OpenMoveInInput } from '../graphql/generated.ts';
import { startClock } from './procedure-clocks.ts';

/** The form that a unit is gone through by; one list per move-in. */
export const formName = 'ACCEPTANCE';

const notYet = {
  status: 'OPEN',
  agreementsSignedAt: null,
  handedOverAt: null,
  keyCount: null,
  chargeState: 'NONE',
  chargeId: null,
  inspectedAt: null,
  waterReading: null,
  electricityReading: null,
  gasReading: null,
  readAt: null,
  reacceptanceAt: null,
  acceptedAt: null,
  closedAt: null,
  cancelledAt: null,
  cancelReasonCode: null,
} as const;

async function violationsOf(tx: Tx, { householdId, unitId }: OpenMoveInInput): Promise<Violation[]> {
  const isHeld = await holdsUnit(tx, householdId, unitId);
  return isHeld ? [] : [{ path: 'input.unitId', reason: 'UNIT_NOT_HELD', rule: 'A050' }];
}

export async function openMoveIn(tx: Tx, input: OpenMoveInInput): Promise<{ id: string }> {
  const { householdId, unitId, applicantKind } = input;
  // Locked, so that two who open at once do not both find none.
  const household = await lockAuthorized(tx, householdAggregate, { id: householdId });
  const { communityId } = household;
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('CONFLICT', 'COMMUNITY_LEFT');
  refuseAll(await violationsOf(tx, input));
  if (await isMovingIn(tx, householdId, unitId))
    throw new DomainError('CONFLICT', 'MOVE_IN_UNDER_WAY', { rule: 'A001' });
  const number = await nextNumber(tx, communityId, moveInNumberPrefix, community.timeZone);
  const coordinatorId = input.coordinatorId ?? invocationOf(tx).viewer.staffId ?? '';
  const fresh = { ...notYet, id: newId(), communityId, number, householdId, unitId, applicantKind, coordinatorId };
  const moveIn = await insertAggregate(tx, moveInAggregate, fresh, { action: 'openMoveIn', rule: 'A001' });
  publish(tx, moveIn, moveInOpened, moveInOpenedFact(moveIn));
  await openChecklist(tx, moveInAggregate, moveIn, formName, acceptanceForm);
  const { completionDays, ...times } = await resolvePolicy(tx, moveInTimesPolicy, communityId);
  const span = { amount: completionDays, unit: 'day' } as const;
  await startClock(tx, moveInAggregate, moveIn, { ...times, kind: 'MOVE_IN_COMPLETION', rule: 'A060', span });
  await tell(tx, moveIn, { staffId: coordinatorId }, 'moveInOpened');
  return { id: moveIn.id };
}
