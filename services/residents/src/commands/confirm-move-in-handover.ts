import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { moveInHandedOver } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { moveInAggregate } from '../db/move-in-aggregates.ts';
import { moveInPlace } from '../domain/move-in-facts.ts';
import { handOver } from '../domain/move-in-rules.ts';
import type { ConfirmMoveInHandoverInput } from '../graphql/generated.ts';
import { lockMoveIn } from './lock-move-in.ts';
import { confirmForProperty, signingViolations, signProcedure } from './sign-procedure.ts';

export async function confirmMoveInHandover(tx: Tx, input: ConfirmMoveInHandoverInput): Promise<{ id: string }> {
  const moveIn = await lockMoveIn(tx, input, 'confirmMoveInHandover');
  const { now } = txScope(tx);
  const { itemCodes, keyCount } = input;
  const handed = handOver(moveIn, { itemCodes, keyCount }, now);
  refuseAll(await signingViolations(tx, moveIn.householdId, input, 'A054'));
  const note = { action: 'confirmMoveInHandover', rule: 'A054' };
  const saved = await saveAggregate(tx, moveInAggregate, moveIn, handed, note);
  const statement = { ...moveInPlace(moveIn), number: moveIn.number, itemCodes, keyCount };
  await signProcedure(tx, moveInAggregate, saved, input, { role: 'HANDOVER', statement });
  await confirmForProperty(tx, moveInAggregate, saved, statement);
  publish(tx, saved, moveInHandedOver, { ...moveInPlace(saved), keyCount, handedOverAt: now.toISOString() });
  return { id: saved.id };
}
