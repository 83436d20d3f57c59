import { txScope, type Tx } from '@steward/db';
import { lockAggregate, schedule, type DueTimer } from '@steward/service-kit';

import { accountsWithAdvance } from '../db/advance-queries.ts';
import { chargeRunAggregate } from '../db/charging-aggregates.ts';
import { chargesLimits } from '../domain/charges-policy.ts';
import { runAdvancesTimer } from './debt-timers.ts';
import { noticeTimer } from './send-payment-notices.ts';
import { spendAdvances } from './spend-advances.ts';

/**
 * Timer: a run is posted, and who has paid in advance owes nothing of it: their notices are not written. A step of its own
 * for some accounts each, because posting holds the chain of the books and this waits for accounts.
 */
export async function applyRunAdvances(tx: Tx, due: DueTimer<{ after?: string }>): Promise<void> {
  const run = await lockAggregate(tx, chargeRunAggregate, due.aggregateId ?? '');
  if (run.status !== 'POSTED') return;
  const { id: aggregateId, communityId } = run;
  const dueAt = txScope(tx).now;
  const search = { communityId, runId: aggregateId };
  const ids = await accountsWithAdvance(tx, search, due.payload.after ?? null, chargesLimits.advanceAccounts);
  if (ids.length === 0) {
    await schedule(tx, { kind: noticeTimer, aggregateId, communityId, dueAt });
    return;
  }
  await spendAdvances(tx, communityId, ids);
  await schedule(tx, { kind: runAdvancesTimer, aggregateId, communityId, dueAt, payload: { after: ids.at(-1) } });
}
