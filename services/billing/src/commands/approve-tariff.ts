import { txScope, type Tx } from '@steward/db';
import { tariffApproved } from '@steward/events';
import { invocationOf, lockAuthorized, lockNaturalKeys, saveAndTell } from '@steward/service-kit';

import { tariffAggregate } from '../db/charging-aggregates.ts';
import { approvedTariffs } from '../db/tariff-queries.ts';
import { approve } from '../domain/tariff-rules.ts';
import type { ApproveTariffInput } from '../graphql/generated.ts';
import { tariffFact } from './tariff-facts.ts';

export async function approveTariff(tx: Tx, input: ApproveTariffInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, tariffAggregate, input);
  // Two that approve at once must not both find the days free.
  await lockNaturalKeys(tx, 'tariff');
  const others = await approvedTariffs(tx, before);
  const after = approve(before, invocationOf(tx).viewer.sub, txScope(tx).now, others);
  const note = { action: 'approveTariff', rule: 'A003' };
  await saveAndTell(tx, tariffAggregate, { before, after, note }, [tariffApproved, tariffFact]);
  return { id: before.id };
}
