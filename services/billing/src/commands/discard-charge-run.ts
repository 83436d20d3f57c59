import type { Tx } from '@steward/db';
import { chargeRunDiscarded } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { chargeRunAggregate } from '../db/charging-aggregates.ts';
import { dropLines } from '../db/charge-run-queries.ts';
import { chargeRunSteps } from '../domain/charge-run-rules.ts';
import type { DiscardChargeRunInput } from '../graphql/generated.ts';
import { chargeRunFact } from './charge-run-facts.ts';

export async function discardChargeRun(tx: Tx, input: DiscardChargeRunInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, chargeRunAggregate, input);
  const after = chargeRunSteps.move(before, 'discardChargeRun');
  const note = { action: 'discardChargeRun', rule: 'A230' };
  await saveAndTell(tx, chargeRunAggregate, { before, after, note }, [chargeRunDiscarded, chargeRunFact]);
  await dropLines(tx, before.id);
  return { id: before.id };
}
