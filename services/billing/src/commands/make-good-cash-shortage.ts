import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { cashierSessionShortageMadeGood } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { findVariance, updateVariance } from '../db/cash-queries.ts';
import { cashierSessionAggregate } from '../db/counter-aggregates.ts';
import { requireTransition, statusAfter } from '../domain/counter-transition-rules.ts';
import type { MakeGoodCashShortageInput } from '../graphql/generated.ts';
import { postTransactions } from './post-transactions.ts';

/** A shortage is made good in full, from the cashier's own pocket into the safe; no surplus pays for it (B043). */
export async function makeGoodCashShortage(tx: Tx, input: MakeGoodCashShortageInput): Promise<{ id: string }> {
  const session = await lockAuthorized(tx, cashierSessionAggregate, input);
  const variance = await findVariance(tx, input.varianceId, session.id);
  if (variance === null) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  requireTransition('makeGoodCashShortage', variance.status);
  const { amount } = variance;
  if (input.amount !== amount)
    throw new DomainError('BAD_USER_INPUT', 'SHORTAGE_NOT_IN_FULL', {
      path: 'input.amount',
      rule: 'B043',
      params: { amount },
    });
  const status = statusAfter('makeGoodCashShortage') as 'MADE_GOOD';
  await updateVariance(tx, variance.id, { status, madeGoodAt: txScope(tx).now });
  const { id: sessionId, cashierId, communityId, currency } = session;
  const fact = { sessionId, cashierId, varianceId: variance.id, variance: { amount, currency } };
  const step = { before: session, after: session, note: { action: 'makeGoodCashShortage', rule: 'B043' } };
  await saveAndTell(tx, cashierSessionAggregate, step, [cashierSessionShortageMadeGood, () => fact]);
  const cause = { service: 'billing', aggregateType: cashierSessionAggregate.type, id: sessionId };
  const postings = [
    { account: { type: 'CASH_IN_SAFE' as const }, amount },
    { account: { type: 'CASH_SHORT' as const, referenceId: cashierId }, amount: -amount },
  ];
  await postTransactions(tx, [{ communityId, kind: 'CASH_MOVEMENT', cause, postings }]);
  return { id: sessionId };
}
