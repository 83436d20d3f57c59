import { txScope, type Tx } from '@steward/db';
import { schedule, type DueTimer } from '@steward/service-kit';

import { chargesLimits } from '../domain/charges-policy.ts';
import { accountAdvanceTimer } from './debt-timers.ts';
import { spendAdvances } from './spend-advances.ts';

/** Has what stands to the good of accounts pay what was just charged to them, once that is in the books. */
export async function payFromAdvance(tx: Tx, communityId: string, billingAccountIds: readonly string[]): Promise<void> {
  const ids = [...new Set(billingAccountIds)];
  if (ids.length === 0) return;
  const dueAt = txScope(tx).now;
  await schedule(tx, { kind: accountAdvanceTimer, communityId, dueAt, payload: { billingAccountIds: ids } });
}

/** Timer: the advance of accounts pays what they owe, some accounts in a step. */
export async function applyAccountAdvance(tx: Tx, due: DueTimer<{ billingAccountIds: string[] }>): Promise<void> {
  const communityId = due.communityId ?? '';
  const { advanceAccounts } = chargesLimits;
  const ids = [...due.payload.billingAccountIds].sort();
  await spendAdvances(tx, communityId, ids.slice(0, advanceAccounts));
  await payFromAdvance(tx, communityId, ids.slice(advanceAccounts));
}
