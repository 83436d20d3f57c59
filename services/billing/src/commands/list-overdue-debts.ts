import { localDate, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { dunningCaseListed } from '@steward/events';
import {
  insertAggregates,
  nextNumbers,
  notify,
  publish,
  resolvePolicy,
  type CommunityReference,
} from '@steward/service-kit';

import { dunningCaseAggregate } from '../db/counter-aggregates.ts';
import { overdueAccounts, type Overdue } from '../db/dunning-queries.ts';
import { counterPrefixes, dunningPolicy } from '../domain/counter-policy.ts';
import { overdueSince } from '../domain/dunning-rules.ts';
import { startCauseClock } from './dunning-clocks.ts';

type Listing = { communityId: string; currency: string; listedOn: string };

const newCase = ({ communityId, currency, listedOn }: Listing, debt: Overdue, number: string) => ({
  id: newId(),
  communityId,
  number,
  status: 'LISTED' as const,
  currency,
  listedOn,
  billingAccountId: debt.billingAccountId,
  unitId: debt.unitId,
  householdId: debt.householdId,
  listedAmount: debt.amount,
  oldestDueOn: debt.oldestDueOn,
  cause: null,
  measure: null,
  firstRemindedAt: null,
  letterDueAt: null,
  letterSentAt: null,
  trackingNumber: null,
  visitedAt: null,
  legalAt: null,
  settledAt: null,
});

/** Everybody who owes what was due before the days of the policy is on the list, each once (A078). */
export async function listOverdueDebts(tx: Tx, community: CommunityReference): Promise<void> {
  const { id: communityId, timeZone: zone, currency } = community;
  const figures = await resolvePolicy(tx, dunningPolicy, communityId);
  const listedOn = localDate(txScope(tx).now, zone);
  const debts = await overdueAccounts(tx, communityId, overdueSince(listedOn, figures));
  if (debts.length === 0) return;
  const numbers = await nextNumbers(tx, {
    communityId,
    prefix: counterPrefixes.dunningCase,
    zone,
    count: debts.length,
  });
  const fresh = debts.map((debt, index) => newCase({ communityId, currency, listedOn }, debt, numbers[index] ?? ''));
  const cases = await insertAggregates(tx, dunningCaseAggregate, fresh, { action: 'listOverdueDebts', rule: 'A078' });
  for (const listed of cases) {
    const { id: dunningCaseId, billingAccountId, oldestDueOn, listedAmount: amount } = listed;
    publish(tx, listed, dunningCaseListed, {
      dunningCaseId,
      billingAccountId,
      oldestDueOn,
      overdue: { amount, currency },
    });
    await startCauseClock(tx, listed, figures, { zone });
  }
  const params = { cases: cases.length, on: listedOn };
  await notify(tx, { communityId, to: { role: 'clerk' }, template: 'debtsListed', params });
}
