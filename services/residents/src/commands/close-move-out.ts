import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { householdUnitReleased, moveOutClosed } from '@steward/events';
import { lockAggregate, meetDeadline, publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { findHoldings, setHoldingEnd } from '../db/household-queries.ts';
import { moveOutAggregate } from '../db/move-out-entities.ts';
import { holdingFact } from '../domain/household-facts.ts';
import { endRange, requireKnown } from '../domain/household-rules.ts';
import { moveOutPolicy } from '../domain/move-out-policy.ts';
import { leaveUnit } from '../domain/move-out-rules.ts';
import type { MoveOut } from '../domain/move-out.ts';
import type { CloseMoveOutInput } from '../graphql/generated.ts';
import { lockMoveOut, moveOutPlace } from './lock-move-out.ts';
import { signingViolations, signProcedure } from './sign-procedure.ts';

/** From the day of leaving the household holds the unit no longer; one that was released meanwhile stays so. */
async function release(tx: Tx, { householdId, holdingId, leavesOn }: MoveOut): Promise<void> {
  const household = await lockAggregate(tx, householdAggregate, householdId);
  const held = requireKnown(await findHoldings(tx, householdId), holdingId, 'HOLDING_UNKNOWN');
  if (held.validTo !== null && held.validTo <= leavesOn) return;
  const released = endRange(held, leavesOn);
  await setHoldingEnd(tx, released);
  const note = { action: 'closeMoveOut', rule: 'B010' };
  const saved = await saveAggregate(tx, householdAggregate, household, household, note);
  publish(tx, saved, householdUnitReleased, holdingFact(released));
}

/** The household signs, and has left: its holding of the unit ends on the day of leaving (B010). */
export async function closeMoveOut(tx: Tx, input: CloseMoveOutInput): Promise<{ id: string }> {
  const moveOut = await lockMoveOut(tx, input, 'closeMoveOut');
  const { counterSigners } = await resolvePolicy(tx, moveOutPolicy, moveOut.communityId);
  const { now } = txScope(tx);
  const left = leaveUnit(moveOut, counterSigners, now);
  refuseAll(await signingViolations(tx, moveOut.householdId, input, 'B010'));
  const saved = await saveAggregate(tx, moveOutAggregate, moveOut, left, { action: 'closeMoveOut', rule: 'B010' });
  const statement = { ...moveOutPlace(saved), number: saved.number, leavesOn: saved.leavesOn };
  await signProcedure(tx, moveOutAggregate, saved, input, { role: 'HOUSEHOLD', statement });
  await release(tx, saved);
  const fact = { ...moveOutPlace(saved), closedAt: now.toISOString(), leavesOn: saved.leavesOn };
  publish(tx, saved, moveOutClosed, fact);
  await meetDeadline(tx, saved, 'MOVE_OUT_COMPLETION');
  return { id: saved.id };
}
