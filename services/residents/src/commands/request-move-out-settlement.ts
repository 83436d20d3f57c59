import type { Tx } from '@steward/db';
import { moveOutChargeRequested } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { moveOutAggregate } from '../db/move-out-entities.ts';
import { finalSettlement } from '../domain/move-out-policy.ts';
import { requestSettlement } from '../domain/move-out-rules.ts';
import type { RequestMoveOutSettlementInput } from '../graphql/generated.ts';
import { lockMoveOut, moveOutPlace } from './lock-move-out.ts';

export async function requestMoveOutSettlement(tx: Tx, input: RequestMoveOutSettlementInput): Promise<{ id: string }> {
  const moveOut = await lockMoveOut(tx, input, 'requestMoveOutSettlement');
  const note = { action: 'requestMoveOutSettlement', rule: 'B010' };
  const saved = await saveAggregate(tx, moveOutAggregate, moveOut, requestSettlement(moveOut), note);
  const terms = { chargeTypeCode: finalSettlement, endsOn: saved.leavesOn, rule: 'B010' };
  publish(tx, saved, moveOutChargeRequested, { ...moveOutPlace(saved), ...terms });
  return { id: saved.id };
}
