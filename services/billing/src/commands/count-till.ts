import { txScope, type Tx } from '@steward/db';
import { cashierSessionCounted } from '@steward/events';
import { saveAndTell } from '@steward/service-kit';

import { inTill } from '../db/cash-queries.ts';
import { cashierSessionAggregate } from '../db/counter-aggregates.ts';
import { countedCash, varianceOf } from '../domain/cash-rules.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import type { CountTillInput } from '../graphql/generated.ts';
import { lockForAction } from './lock-counter.ts';
import { requireOwnTill } from './require-own-till.ts';
import { reportVariance } from './report-variance.ts';

/** The shift ends: what is counted is compared with what the journal says (B046); a difference is told as it is (B043). */
export async function countTill(tx: Tx, input: CountTillInput): Promise<{ id: string }> {
  const session = await lockForAction(tx, cashierSessionAggregate, 'countTill', input);
  requireOwnTill(tx, session);
  const expected = await inTill(tx, session.id);
  const counted = countedCash(input.pieces);
  const { currency, cashierId, id: sessionId } = session;
  const after = {
    ...session,
    status: statusAfter('countTill') as 'COUNTED',
    expectedAmount: expected,
    countedAmount: counted,
    countedAt: txScope(tx).now,
  };
  const money = (amount: number) => ({ amount, currency });
  const fact = { sessionId, cashierId, expected: money(expected), counted: money(counted) };
  const note = { action: 'countTill', rule: 'B046' };
  const saved = await saveAndTell(tx, cashierSessionAggregate, { before: session, after, note }, [
    cashierSessionCounted,
    () => fact,
  ]);
  const variance = varianceOf(expected, counted);
  if (variance !== null) await reportVariance(tx, saved, variance, 'CLOSING');
  return { id: sessionId };
}
