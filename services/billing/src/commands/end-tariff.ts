import type { Tx } from '@steward/db';
import { tariffEnded } from '@steward/events';

import { tariffAggregate } from '../db/charging-aggregates.ts';
import { endOn } from '../domain/tariff-rules.ts';
import type { EndTariffInput } from '../graphql/generated.ts';
import { lockFor, saveAndTell } from './save-charging.ts';
import { tariffFact } from './tariff-facts.ts';

export async function endTariff(tx: Tx, input: EndTariffInput): Promise<{ id: string }> {
  const before = await lockFor(tx, tariffAggregate, input);
  const after = endOn(before, input.validTo);
  const note = { action: 'endTariff', rule: 'A249' };
  await saveAndTell(tx, tariffAggregate, { before, after, note }, [tariffEnded, tariffFact]);
  return { id: before.id };
}
