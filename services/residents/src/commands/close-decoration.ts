import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { decorationClosed } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { papersOfDecoration } from '../db/decoration-queries.ts';
import { closingViolations } from '../domain/decoration-rules.ts';
import { decorationProcedure } from '../domain/decoration-transition-rules.ts';
import type { CloseDecorationInput } from '../graphql/generated.ts';

/** The end: the archive holds its papers and the deposit was asked back (A088). */
export async function closeDecoration(tx: Tx, input: CloseDecorationInput): Promise<{ id: string }> {
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  const moved = decorationProcedure.moveTo(decoration, 'closeDecoration', 'CLOSED');
  refuseAll(closingViolations(decoration, await papersOfDecoration(tx, decoration.id)));
  const closed = { ...moved, closedAt: txScope(tx).now };
  const note = { action: 'closeDecoration', rule: 'A088' };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, closed, note);
  publish(tx, saved, decorationClosed, { decorationId: saved.id, householdId: saved.householdId });
  return { id: saved.id };
}
