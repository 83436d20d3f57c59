import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { dunningCaseVisited } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { meetDeadline, saveAndTell, seal } from '@steward/service-kit';

import { dunningCaseAggregate } from '../db/counter-aggregates.ts';
import { keepStep, livesInEstate } from '../db/dunning-queries.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { checkVisit } from '../domain/dunning-rules.ts';
import type { VisitDebtorInput } from '../graphql/generated.ts';
import { debtOf } from './dunning-debt.ts';
import { actingStaff, lockForAction } from './lock-counter.ts';

/** Step 3: a visit to somebody who lives in the estate; what was said is kept (A081). */
export async function visitDebtor(tx: Tx, input: VisitDebtorInput): Promise<{ id: string }> {
  const found = await lockForAction(tx, dunningCaseAggregate, 'visitDebtor', input);
  const { communityId, billingAccountId, currency } = found;
  const { owed, today } = await debtOf(tx, communityId, billingAccountId);
  checkVisit({ livesInEstate: await livesInEstate(tx, found, today) });
  const text = input.note.trim();
  if (text === '') throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path: 'input.note', rule: 'A081' });
  const proofFileIds = [...(input.proofFileIds ?? [])];
  await requireUploaded(tx, proofFileIds, 'document', 'input.proofFileIds');
  const { now } = txScope(tx);
  const after = { ...found, status: statusAfter('visitDebtor') as 'VISITED', visitedAt: now };
  const fact = { dunningCaseId: found.id, billingAccountId, owed: { amount: owed.amount, currency } };
  const step = { before: found, after, note: { action: 'visitDebtor', rule: 'A081' } };
  const saved = await saveAndTell(tx, dunningCaseAggregate, step, [dunningCaseVisited, () => fact]);
  await keepStep(tx, {
    caseId: saved.id,
    kind: 'VISIT',
    channel: 'IN_PERSON',
    occurredAt: now,
    amount: owed.amount,
    payBy: null,
    periodFrom: owed.periodFrom,
    periodTo: owed.periodTo,
    trackingNumber: null,
    proofFileIds,
    noteSealed: seal(tx, text),
    staffId: actingStaff(tx),
  });
  await meetDeadline(tx, saved, 'DUNNING_VISIT');
  return { id: saved.id };
}
