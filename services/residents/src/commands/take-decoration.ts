import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { decorationTaken } from '@steward/events';
import { invocationOf, lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { decorationProcedure } from '../domain/decoration-transition-rules.ts';
import type { TakeDecorationInput } from '../graphql/generated.ts';

/** Whoever calls sees the application through from now on. */
export async function takeDecoration(tx: Tx, input: TakeDecorationInput): Promise<{ id: string }> {
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  decorationProcedure.requireAction(decoration, 'takeDecoration');
  const { staffId: handlerId } = invocationOf(tx).viewer;
  if (handlerId === undefined || handlerId === decoration.handlerId)
    throw new DomainError('CONFLICT', 'NOTHING_CHANGED', { rule: 'B010' });
  const note = { action: 'takeDecoration', rule: 'B010' };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, { ...decoration, handlerId }, note);
  publish(tx, saved, decorationTaken, { decorationId: saved.id, handlerId });
  return { id: saved.id };
}
