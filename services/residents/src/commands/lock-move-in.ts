import type { Tx } from '@steward/db';
import { lockAuthorized, resolvePolicy } from '@steward/service-kit';

import { moveInAggregate } from '../db/move-in-aggregates.ts';
import { moveInPapersPolicy, type MoveInAction } from '../domain/move-in-policy.ts';
import { moveInRules } from '../domain/move-in-rules.ts';
import type { MoveIn } from '../domain/move-in.ts';

type OnMoveIn = { id: string; expectedVersion?: number | null };

/** The move-in that an action is about, locked, with the viewer's right and its state judged. */
export async function lockMoveIn(tx: Tx, input: OnMoveIn, action: MoveInAction): Promise<MoveIn> {
  const moveIn = await lockAuthorized(tx, moveInAggregate, input);
  moveInRules.requireAction(moveIn, action);
  return moveIn;
}

/** The papers that move-ins need in a community. */
export const paperFigures = (tx: Tx, communityId: string) => resolvePolicy(tx, moveInPapersPolicy, communityId);
