import { txScope, type Tx } from '@steward/db';
import { moveInReacceptanceAppointed } from '@steward/events';
import { cancelDeadlines, meetDeadline, publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { moveInAggregate } from '../db/move-in-aggregates.ts';
import { tell } from '../db/notices.ts';
import { moveInTimesPolicy } from '../domain/move-in-policy.ts';
import { appoint } from '../domain/move-in-rules.ts';
import type { AppointMoveInReacceptanceInput } from '../graphql/generated.ts';
import { lockMoveIn } from './lock-move-in.ts';
import { startClock } from './procedure-clocks.ts';

const hour = 3_600_000;

export async function appointMoveInReacceptance(
  tx: Tx,
  input: AppointMoveInReacceptanceInput,
): Promise<{ id: string }> {
  const moveIn = await lockMoveIn(tx, input, 'appointMoveInReacceptance');
  const appointed = appoint(moveIn, input.at, txScope(tx).now);
  const note = { action: 'appointMoveInReacceptance', rule: 'A059' };
  const saved = await saveAggregate(tx, moveInAggregate, moveIn, appointed, note);
  const reacceptanceAt = input.at.toISOString();
  publish(tx, saved, moveInReacceptanceAppointed, { moveInId: saved.id, reacceptanceAt });
  await meetDeadline(tx, saved, 'MOVE_IN_REAPPOINTMENT');
  await cancelDeadlines(tx, saved, 'MOVE_IN_REACCEPTANCE');
  const { reacceptanceHours, ...times } = await resolvePolicy(tx, moveInTimesPolicy, saved.communityId);
  const span = { dueAt: new Date(input.at.getTime() + reacceptanceHours * hour) };
  await startClock(tx, moveInAggregate, saved, { ...times, kind: 'MOVE_IN_REACCEPTANCE', rule: 'A059', span });
  const time = { at: reacceptanceAt };
  await tell(tx, saved, { householdId: saved.householdId }, 'moveInReacceptance', time);
  await tell(tx, saved, { role: 'supervisor', departmentCode: 'MAINTENANCE' }, 'moveInReacceptance', time);
  return { id: saved.id };
}
