import type { Tx } from '@steward/db';
import { lockAuthorized } from '@steward/service-kit';

import { moveOutAggregate } from '../db/move-out-entities.ts';
import type { moveOutTransitions } from '../domain/move-out-policy.ts';
import { moveOutRules } from '../domain/move-out-rules.ts';
import type { MoveOut } from '../domain/move-out.ts';

type OnMoveOut = { id: string; expectedVersion?: number | null };

/** The move-out that an action is about, locked, with the viewer's right and its state judged. */
export async function lockMoveOut(tx: Tx, input: OnMoveOut, action: keyof typeof moveOutTransitions): Promise<MoveOut> {
  const moveOut = await lockAuthorized(tx, moveOutAggregate, input);
  moveOutRules.requireAction(moveOut, action);
  return moveOut;
}

/** Where a move-out is, as its events tell. */
export const moveOutPlace = ({ id, unitId, householdId }: MoveOut) => ({ moveOutId: id, unitId, householdId });
