import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { moveInClosed } from '@steward/events';
import { meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { moveInAggregate } from '../db/move-in-aggregates.ts';
import { findMoveInDefects, paperKindsOf } from '../db/move-in-queries.ts';
import { tell } from '../db/notices.ts';
import { moveInPlace, moveInStatement } from '../domain/move-in-facts.ts';
import { close, closingGaps, requiredPapers } from '../domain/move-in-rules.ts';
import type { CloseMoveInInput } from '../graphql/generated.ts';
import { lockMoveIn, paperFigures } from './lock-move-in.ts';
import { signingViolations, signProcedure } from './sign-procedure.ts';

export async function closeMoveIn(tx: Tx, input: CloseMoveInInput): Promise<{ id: string }> {
  const moveIn = await lockMoveIn(tx, input, 'closeMoveIn');
  const { now } = txScope(tx);
  const required = requiredPapers(moveIn.applicantKind, await paperFigures(tx, moveIn.communityId));
  const closed = close(moveIn, closingGaps(moveIn, required, await paperKindsOf(tx, moveIn.id)), now);
  refuseAll(await signingViolations(tx, moveIn.householdId, input, 'A060'));
  const saved = await saveAggregate(tx, moveInAggregate, moveIn, closed, { action: 'closeMoveIn', rule: 'A060' });
  const statement = moveInStatement(saved, await findMoveInDefects(tx, saved.id));
  await signProcedure(tx, moveInAggregate, saved, input, { role: 'HOUSEHOLD', statement });
  publish(tx, saved, moveInClosed, { ...moveInPlace(saved), closedAt: now.toISOString() });
  await meetDeadline(tx, saved, 'MOVE_IN_COMPLETION');
  await tell(tx, saved, { staffId: saved.coordinatorId }, 'moveInClosed');
  return { id: saved.id };
}
