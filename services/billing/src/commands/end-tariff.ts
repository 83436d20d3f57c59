import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { tariffEnded } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { lockLines } from '../db/charge-run-queries.ts';
import { tariffAggregate } from '../db/charging-aggregates.ts';
import { isInOpenRun } from '../db/tariff-queries.ts';
import { endOn } from '../domain/tariff-rules.ts';
import type { EndTariffInput } from '../graphql/generated.ts';
import { tariffFact } from './tariff-facts.ts';

export async function endTariff(tx: Tx, input: EndTariffInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, tariffAggregate, input);
  const after = endOn(before, input.validTo);
  // A preview that somebody has looked at would be posted at a price that holds no longer.
  await lockLines(tx, before.communityId);
  if (await isInOpenRun(tx, before.id, input.validTo)) {
    const params = { code: before.chargeTypeCode };
    throw new DomainError('CONFLICT', 'RUN_UNDER_WAY', { rule: 'A249', params });
  }
  const note = { action: 'endTariff', rule: 'A249' };
  await saveAndTell(tx, tariffAggregate, { before, after, note }, [tariffEnded, tariffFact]);
  return { id: before.id };
}
