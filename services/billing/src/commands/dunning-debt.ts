import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { resolvePolicy } from '@steward/service-kit';

import { dunnedAmong, overdueAmong, overdueOf, type Overdue } from '../db/dunning-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { dunningPolicy, type DunningValues } from '../domain/counter-policy.ts';
import { overdueSince } from '../domain/dunning-rules.ts';
import { settleDunning } from './settle-dunning.ts';

export type Debt = { owed: Overdue; today: string; figures: DunningValues };

/** What a debtor owes now; whoever owes nothing overdue is not dunned. */
export async function debtOf(tx: Tx, communityId: string, billingAccountId: string): Promise<Debt> {
  const figures = await resolvePolicy(tx, dunningPolicy, communityId);
  const today = await todayIn(tx, communityId);
  const owed = await overdueOf(tx, billingAccountId, overdueSince(today, figures));
  if (owed === null) throw new DomainError('CONFLICT', 'NOTHING_OVERDUE', { rule: 'A078' });
  return { owed, today, figures };
}

/** Ends the dunning of an account that owes nothing overdue any more. */
export async function settleDunningIfPaid(tx: Tx, communityId: string, billingAccountId: string): Promise<void> {
  const figures = await resolvePolicy(tx, dunningPolicy, communityId);
  const today = await todayIn(tx, communityId);
  if ((await overdueOf(tx, billingAccountId, overdueSince(today, figures))) === null)
    await settleDunning(tx, billingAccountId);
}

/** The same of several accounts of a community: only those that are dunned and owe nothing overdue cost more. */
export async function settleDunningOf(
  tx: Tx,
  communityId: string,
  billingAccountIds: readonly string[],
): Promise<void> {
  const dunned = await dunnedAmong(tx, [...new Set(billingAccountIds)]);
  if (dunned.length === 0) return;
  const figures = await resolvePolicy(tx, dunningPolicy, communityId);
  const until = overdueSince(await todayIn(tx, communityId), figures);
  const owing = await overdueAmong(tx, communityId, dunned, until);
  for (const id of dunned) if (!owing.has(id)) await settleDunning(tx, id);
}
