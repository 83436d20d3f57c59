import type { Tx } from '@steward/db';
import { moveInChargeRequested } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { moveInAggregate } from '../db/move-in-aggregates.ts';
import { moveInFeeFact } from '../domain/move-in-facts.ts';
import { requestFee } from '../domain/move-in-rules.ts';
import type { RequestMoveInFeeInput } from '../graphql/generated.ts';
import { lockMoveIn } from './lock-move-in.ts';

export async function requestMoveInFee(tx: Tx, input: RequestMoveInFeeInput): Promise<{ id: string }> {
  const moveIn = await lockMoveIn(tx, input, 'requestMoveInFee');
  const note = { action: 'requestMoveInFee', rule: 'A055' };
  const saved = await saveAggregate(tx, moveInAggregate, moveIn, requestFee(moveIn), note);
  publish(tx, saved, moveInChargeRequested, moveInFeeFact(saved, input.startsOn));
  return { id: saved.id };
}
