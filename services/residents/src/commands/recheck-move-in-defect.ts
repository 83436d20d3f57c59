import { txScope, type Tx } from '@steward/db';
import { moveInDefectFollowed } from '@steward/events';
import { publish, resolvePolicy, saveAggregate, unseal } from '@steward/service-kit';

import { moveInAggregate } from '../db/move-in-aggregates.ts';
import { findMoveInDefects, saveMoveInDefect } from '../db/move-in-queries.ts';
import { tell } from '../db/notices.ts';
import { moveInDefectStateFact } from '../domain/move-in-facts.ts';
import { moveInTimesPolicy } from '../domain/move-in-policy.ts';
import { moveInRules, recheck } from '../domain/move-in-rules.ts';
import type { MoveIn } from '../domain/move-in.ts';
import type { RecheckMoveInDefectInput } from '../graphql/generated.ts';
import { defectOf, raiseDefects } from './inspect-move-in.ts';
import { lockMoveIn } from './lock-move-in.ts';
import { startClock } from './procedure-clocks.ts';

/** With the last one passed the owner is to be called: a new time has to be agreed in time (A059). */
async function awaitAppointment(tx: Tx, moveIn: MoveIn): Promise<void> {
  const { reappointmentHours, ...times } = await resolvePolicy(tx, moveInTimesPolicy, moveIn.communityId);
  const span = { amount: reappointmentHours, unit: 'hour' } as const;
  await startClock(tx, moveInAggregate, moveIn, { ...times, kind: 'MOVE_IN_REAPPOINTMENT', rule: 'A059', span });
  await tell(tx, moveIn, { staffId: moveIn.coordinatorId }, 'moveInRechecked');
}

export async function recheckMoveInDefect(tx: Tx, input: RecheckMoveInDefectInput): Promise<{ id: string }> {
  const moveIn = await lockMoveIn(tx, input, 'recheckMoveInDefect');
  const { now } = txScope(tx);
  const isPassed = input.result === 'PASS';
  const when = { at: now, rule: 'A059' };
  const { defect, isLast } = recheck(await findMoveInDefects(tx, moveIn.id), input.defectId, isPassed, when);
  const after = moveInRules.moveTo(moveIn, 'recheckMoveInDefect', isLast ? 'RECHECKED' : moveIn.status);
  const note = { action: 'recheckMoveInDefect', reasonCode: defect.state, rule: 'A059' };
  const saved = await saveAggregate(tx, moveInAggregate, moveIn, after, note);
  await saveMoveInDefect(tx, defect);
  publish(tx, saved, moveInDefectFollowed, moveInDefectStateFact(defect));
  if (!isPassed) {
    // The repair is asked for anew, in the words it was first found with.
    const words = defect.noteSealed === null ? null : unseal(tx, defect.noteSealed);
    const again = { code: defect.itemCode, result: 'FAIL', note: input.note ?? words } as const;
    await raiseDefects(tx, saved, [defectOf(again, defect.round + 1)]);
  }
  if (isLast) await awaitAppointment(tx, saved);
  return { id: saved.id };
}
