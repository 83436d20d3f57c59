import type { Viewer } from '@steward/auth';
import type { Tx } from '@steward/db';
import { moveOutCounterSigned } from '@steward/events';
import { invocationOf, publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { moveOutAggregate } from '../db/move-out-entities.ts';
import { moveOutPolicy } from '../domain/move-out-policy.ts';
import { counterSign } from '../domain/move-out-rules.ts';
import type { CounterSignMoveOutInput } from '../graphql/generated.ts';
import { lockMoveOut } from './lock-move-out.ts';
import { confirmForProperty } from './sign-procedure.ts';

const above: Viewer['roles'] = ['director', 'deputyDirector'];

/** A department's own supervisor signs for it; the head of the centre for any. */
export const mayAnswerFor = ({ roles, departments }: Viewer, departmentCode: string): boolean =>
  departments.includes(departmentCode) || roles.some((role) => above.includes(role));

export async function counterSignMoveOut(tx: Tx, input: CounterSignMoveOutInput): Promise<{ id: string }> {
  const moveOut = await lockMoveOut(tx, input, 'counterSignMoveOut');
  const { departmentCode } = input;
  const { counterSigners: route } = await resolvePolicy(tx, moveOutPolicy, moveOut.communityId);
  const isOfIt = mayAnswerFor(invocationOf(tx).viewer, departmentCode);
  const signed = counterSign(moveOut, { departmentCode, route, mayAnswerFor: isOfIt });
  const note = { action: 'counterSignMoveOut', reasonCode: departmentCode, rule: 'B010' };
  const saved = await saveAggregate(tx, moveOutAggregate, moveOut, signed, note);
  await confirmForProperty(tx, moveOutAggregate, saved, { moveOutId: saved.id, departmentCode });
  publish(tx, saved, moveOutCounterSigned, { moveOutId: saved.id, departmentCode });
  return { id: saved.id };
}
