import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { cashierSessionDropped } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { recordSignature, resolvePolicy, saveAndTell } from '@steward/service-kit';

import { addEntry } from '../db/cash-queries.ts';
import { cashierSessionAggregate } from '../db/counter-aggregates.ts';
import { checkDrop } from '../domain/cash-rules.ts';
import { cashPolicy } from '../domain/counter-policy.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import type { DropCashInput } from '../graphql/generated.ts';
import { actingStaff, lockForAction } from './lock-counter.ts';
import { postTransactions } from './post-transactions.ts';
import { requireOwnTill } from './require-own-till.ts';

/** All but the float goes into a sealed bag, before a witness who signs the report (B047). */
export async function dropCash(tx: Tx, input: DropCashInput): Promise<{ id: string }> {
  const session = await lockForAction(tx, cashierSessionAggregate, 'dropCash', input);
  requireOwnTill(tx, session);
  const { id: sessionId, cashierId, communityId, currency, countedAmount } = session;
  const { amount, floatLeft, witnessId } = input;
  const bag = input.bag.trim();
  if (bag === '') throw new DomainError('BAD_USER_INPUT', 'BAG_REQUIRED', { path: 'input.bag', rule: 'B047' });
  const figures = await resolvePolicy(tx, cashPolicy, communityId);
  const hands = [cashierId, actingStaff(tx)];
  checkDrop({ amount, float: floatLeft, witnessId, hands }, countedAmount ?? 0, figures);
  const [image] = await requireUploaded(tx, [input.signatureFileId], 'signature', 'input.signatureFileId');
  const { now: droppedAt } = txScope(tx);
  const status = statusAfter('dropCash') as 'DROPPED';
  const after = { ...session, status, floatLeft, dropAmount: amount, dropBag: bag, witnessId, droppedAt };
  const fact = { sessionId, cashierId, witnessId, dropped: { amount, currency } };
  const step = { before: session, after, note: { action: 'dropCash', rule: 'B047' } };
  const saved = await saveAndTell(tx, cashierSessionAggregate, step, [cashierSessionDropped, () => fact]);
  const statement = { sessionId, amount, floatLeft, bag, droppedAt };
  const signature = { role: 'WITNESS', staffId: witnessId, imageFileId: image?.id ?? null, statement };
  await recordSignature(tx, cashierSessionAggregate, saved, signature);
  if (amount === 0) return { id: sessionId };
  await addEntry(tx, { communityId, sessionId, kind: 'DROP', amount: -amount, causeId: sessionId });
  const cause = { service: 'billing', aggregateType: cashierSessionAggregate.type, id: sessionId };
  const postings = [
    { account: { type: 'CASH_IN_TRANSIT' as const }, amount },
    { account: { type: 'CASH_IN_HAND' as const, referenceId: sessionId }, amount: -amount },
  ];
  await postTransactions(tx, [{ communityId, kind: 'CASH_MOVEMENT', cause, postings }]);
  return { id: sessionId };
}
