import { txScope, type Tx } from '@steward/db';
import { dunningCaseSettled } from '@steward/events';
import { cancelDeadlines, lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { dunningCaseAggregate } from '../db/counter-aggregates.ts';
import { openCaseOf } from '../db/dunning-queries.ts';

/**
 * Nothing is overdue any more: the case ends, and every later step with it (settled reading 7). What else could be owed is
 * asked only where there is a case.
 */
export async function settleDunning(
  tx: Tx,
  billingAccountId: string,
  isOwedElse: () => Promise<boolean> = async () => false,
): Promise<void> {
  const open = await openCaseOf(tx, billingAccountId);
  if (open === null || (await isOwedElse())) return;
  const locked = await lockAggregate(tx, dunningCaseAggregate, open);
  if (locked.status === 'SETTLED') return;
  const after = { ...locked, status: 'SETTLED' as const, settledAt: txScope(tx).now };
  const saved = await saveAggregate(tx, dunningCaseAggregate, locked, after, { action: 'settleDunning', rule: 'A080' });
  publish(tx, saved, dunningCaseSettled, { dunningCaseId: saved.id, billingAccountId });
  await cancelDeadlines(tx, saved);
}
