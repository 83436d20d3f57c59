import type { Tx } from '@steward/db';
import { tariffWithdrawn } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { tariffAggregate } from '../db/charging-aggregates.ts';
import { tariffSteps } from '../domain/tariff-rules.ts';
import type { WithdrawTariffInput } from '../graphql/generated.ts';
import { tariffFact } from './tariff-facts.ts';

export async function withdrawTariff(tx: Tx, input: WithdrawTariffInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, tariffAggregate, input);
  const after = tariffSteps.move(before, 'withdrawTariff');
  const note = { action: 'withdrawTariff', rule: 'A249' };
  await saveAndTell(tx, tariffAggregate, { before, after, note }, [tariffWithdrawn, tariffFact]);
  return { id: before.id };
}
