import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { chargeRunPostingStarted } from '@steward/events';
import { invocationOf, lockAuthorized, saveAndTell, schedule } from '@steward/service-kit';

import { chargeRunAggregate } from '../db/charging-aggregates.ts';
import { chargeRunSteps } from '../domain/charge-run-rules.ts';
import type { PostChargeRunInput } from '../graphql/generated.ts';
import { chargeRunFact } from './charge-run-facts.ts';

export const postStepTimer = 'charge-run-post-step';

export async function postChargeRun(tx: Tx, input: PostChargeRunInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, chargeRunAggregate, input);
  const after = chargeRunSteps.move(before, 'postChargeRun');
  if (before.startedBy === invocationOf(tx).viewer.sub) {
    throw new DomainError('CONFLICT', 'OWN_RUN', { rule: 'A230' });
  }
  const note = { action: 'postChargeRun', rule: 'A230' };
  const run = await saveAndTell(tx, chargeRunAggregate, { before, after, note }, [
    chargeRunPostingStarted,
    chargeRunFact,
  ]);
  const { id: aggregateId, communityId } = run;
  await schedule(tx, { kind: postStepTimer, aggregateId, communityId, dueAt: txScope(tx).now });
  return { id: aggregateId };
}
