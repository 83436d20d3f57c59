import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { moveInCancelled } from '@steward/events';
import { cancelDeadlines, publish, saveAggregate } from '@steward/service-kit';

import { moveInAggregate } from '../db/move-in-aggregates.ts';
import { moveInPlace } from '../domain/move-in-facts.ts';
import { moveInCancelReasons } from '../domain/move-in-policy.ts';
import { moveInRules } from '../domain/move-in-rules.ts';
import type { CancelMoveInInput } from '../graphql/generated.ts';
import { lockMoveIn } from './lock-move-in.ts';

export async function cancelMoveIn(tx: Tx, input: CancelMoveInInput): Promise<{ id: string }> {
  const moveIn = await lockMoveIn(tx, input, 'cancelMoveIn');
  const { reasonCode } = input;
  if (!moveInCancelReasons.includes(reasonCode)) {
    const params = { code: reasonCode };
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', { path: 'input.reasonCode', params });
  }
  const over = moveInRules.moveTo(moveIn, 'cancelMoveIn', 'CANCELLED');
  const after = { ...over, cancelledAt: txScope(tx).now, cancelReasonCode: reasonCode };
  const note = { action: 'cancelMoveIn', reasonCode, rule: 'A001' };
  const saved = await saveAggregate(tx, moveInAggregate, moveIn, after, note);
  publish(tx, saved, moveInCancelled, { ...moveInPlace(saved), reasonCode });
  await cancelDeadlines(tx, saved);
  return { id: saved.id };
}
