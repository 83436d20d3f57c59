import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { moveOutCancelled } from '@steward/events';
import { cancelDeadlines, publish, saveAggregate } from '@steward/service-kit';

import { moveOutAggregate } from '../db/move-out-entities.ts';
import { moveOutCancelReasons } from '../domain/move-out-policy.ts';
import { moveOutRules } from '../domain/move-out-rules.ts';
import type { CancelMoveOutInput } from '../graphql/generated.ts';
import { lockMoveOut, moveOutPlace } from './lock-move-out.ts';

export async function cancelMoveOut(tx: Tx, input: CancelMoveOutInput): Promise<{ id: string }> {
  const moveOut = await lockMoveOut(tx, input, 'cancelMoveOut');
  const { reasonCode } = input;
  if (!moveOutCancelReasons.includes(reasonCode)) {
    const params = { code: reasonCode };
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', { path: 'input.reasonCode', params });
  }
  const stays = moveOutRules.moveTo(moveOut, 'cancelMoveOut', 'CANCELLED');
  const after = { ...stays, cancelledAt: txScope(tx).now, cancelReasonCode: reasonCode };
  const note = { action: 'cancelMoveOut', reasonCode, rule: 'B010' };
  const saved = await saveAggregate(tx, moveOutAggregate, moveOut, after, note);
  publish(tx, saved, moveOutCancelled, { ...moveOutPlace(saved), reasonCode });
  await cancelDeadlines(tx, saved);
  return { id: saved.id };
}
