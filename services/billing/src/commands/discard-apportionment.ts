import type { Tx } from '@steward/db';
import { apportionmentDiscarded } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { apportionmentAggregate } from '../db/charging-aggregates.ts';
import { apportionmentSteps } from '../domain/apportionment-terms.ts';
import type { DiscardApportionmentInput } from '../graphql/generated.ts';
import { apportionmentFact } from './apportionment-facts.ts';

export async function discardApportionment(tx: Tx, input: DiscardApportionmentInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, apportionmentAggregate, input);
  const after = apportionmentSteps.move(before, 'discardApportionment');
  const note = { action: 'discardApportionment', rule: 'A014' };
  await saveAndTell(tx, apportionmentAggregate, { before, after, note }, [apportionmentDiscarded, apportionmentFact]);
  return { id: before.id };
}
