import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { moveInAgreementsSigned } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { moveInAggregate } from '../db/move-in-aggregates.ts';
import { paperKindsOf } from '../db/move-in-queries.ts';
import { moveInPlace } from '../domain/move-in-facts.ts';
import { signAgreements } from '../domain/move-in-rules.ts';
import type { SignMoveInAgreementsInput } from '../graphql/generated.ts';
import { lockMoveIn, paperFigures } from './lock-move-in.ts';
import { signingViolations, signProcedure } from './sign-procedure.ts';

export async function signMoveInAgreements(tx: Tx, input: SignMoveInAgreementsInput): Promise<{ id: string }> {
  const moveIn = await lockMoveIn(tx, input, 'signMoveInAgreements');
  const figures = await paperFigures(tx, moveIn.communityId);
  const { now } = txScope(tx);
  const signed = signAgreements(moveIn, figures, await paperKindsOf(tx, moveIn.id), now);
  refuseAll(await signingViolations(tx, moveIn.householdId, input, 'A053'));
  const note = { action: 'signMoveInAgreements', rule: 'A053' };
  const saved = await saveAggregate(tx, moveInAggregate, moveIn, signed, note);
  const statement = { ...moveInPlace(moveIn), number: moveIn.number, papers: figures.signed };
  await signProcedure(tx, moveInAggregate, saved, input, { role: 'AGREEMENTS', statement });
  publish(tx, saved, moveInAgreementsSigned, { moveInId: saved.id, signedAt: now.toISOString() });
  return { id: saved.id };
}
