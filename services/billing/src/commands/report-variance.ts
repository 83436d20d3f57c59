import { type Tx } from '@steward/db';
import { cashierSessionVarianceReported } from '@steward/events';
import { notify, publish, resolvePolicy } from '@steward/service-kit';

import { addEntry, addVariance } from '../db/cash-queries.ts';
import { cashierSessionAggregate } from '../db/counter-aggregates.ts';
import { isSerious, type Variance } from '../domain/cash-rules.ts';
import type { CashierSession } from '../domain/cashier-session.ts';
import { cashPolicy } from '../domain/counter-policy.ts';
import { postTransactions } from './post-transactions.ts';

/**
 * Over or short of one count: told to who leads as it is, a surplus handed in at once, a shortage owed by the cashier
 * until it is made good; neither ever lessens the other (B043).
 */
export async function reportVariance(
  tx: Tx,
  session: CashierSession,
  { kind, amount }: Variance,
  foundIn: 'OPENING' | 'CLOSING',
): Promise<void> {
  const { id: sessionId, communityId, cashierId, currency } = session;
  const status = kind === 'SURPLUS' ? 'HANDED_IN' : 'SHORT';
  const varianceId = await addVariance(tx, { sessionId, communityId, foundIn, kind, amount, status });
  const inTill = kind === 'SURPLUS' ? amount : -amount;
  await addEntry(tx, { communityId, sessionId, kind, amount: inTill, causeId: varianceId });
  const cause = { service: 'billing', aggregateType: cashierSessionAggregate.type, id: sessionId };
  const other = kind === 'SURPLUS' ? ('CASH_OVER' as const) : ('CASH_SHORT' as const);
  const postings = [
    { account: { type: 'CASH_IN_HAND' as const, referenceId: sessionId }, amount: inTill },
    { account: { type: other, referenceId: cashierId }, amount: -inTill },
  ];
  await postTransactions(tx, [{ communityId, kind: 'CASH_MOVEMENT', cause, postings }]);
  publish(tx, session, cashierSessionVarianceReported, {
    sessionId,
    cashierId,
    varianceId,
    kind,
    variance: { amount, currency },
  });
  const figures = await resolvePolicy(tx, cashPolicy, communityId);
  const params = { number: session.number, kind, amount };
  const told = isSerious({ kind, amount }, figures) ? (['supervisor', 'director'] as const) : (['supervisor'] as const);
  for (const role of told)
    await notify(tx, { communityId, to: { role }, template: 'cashVariance', params, aggregateId: sessionId });
}
