import { txScope, type Tx } from '@steward/db';
import { findCommunityReference, resolvePolicy, schedule, type DueTimer } from '@steward/service-kit';

import { accountsWithAdvance } from '../db/advance-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { chargesLimits } from '../domain/charges-policy.ts';
import { dunningPolicy } from '../domain/counter-policy.ts';
import { overdueSince } from '../domain/dunning-rules.ts';
import { debtListTimer } from './debt-timers.ts';
import { scheduleDunningEnd } from './end-dunning.ts';
import { listOverdueDebts } from './list-overdue-debts.ts';
import { spendAdvances } from './spend-advances.ts';

/**
 * Timer: what is overdue is paid from advances first, some accounts in a transaction; then who still owes is listed, and
 * dunning ends that nothing stands behind any more. Nobody is dunned whose money we hold.
 */
export async function listDebtsOfDay(tx: Tx, due: DueTimer<{ after?: string }>): Promise<void> {
  const community = await findCommunityReference(tx, due.communityId ?? '');
  if (community === null || community.status === 'LEFT') return;
  const { id: communityId } = community;
  const figures = await resolvePolicy(tx, dunningPolicy, communityId);
  const search = { communityId, dueUntil: overdueSince(await todayIn(tx, communityId), figures) };
  const ids = await accountsWithAdvance(tx, search, due.payload.after ?? null, chargesLimits.advanceAccounts);
  if (ids.length > 0) {
    await spendAdvances(tx, communityId, ids);
    const payload = { after: ids.at(-1) };
    await schedule(tx, { kind: debtListTimer, communityId, dueAt: txScope(tx).now, payload });
    return;
  }
  await scheduleDunningEnd(tx, communityId);
  await listOverdueDebts(tx, community);
}
