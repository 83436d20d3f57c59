import type { Tx } from '@steward/db';
import { waiverWithdrawn } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { waiverAggregate } from '../db/charging-aggregates.ts';
import { waiverSteps } from '../domain/waiver-rules.ts';
import type { WithdrawWaiverInput } from '../graphql/generated.ts';
import { waiverFact } from './waiver-facts.ts';

/** Whoever may ask for a waiver takes it back while nothing was decided; it is kept as it was asked for. */
export async function withdrawWaiver(tx: Tx, input: WithdrawWaiverInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, waiverAggregate, input);
  const after = waiverSteps.move(before, 'withdrawWaiver');
  const note = { action: 'withdrawWaiver', rule: 'A018' };
  await saveAndTell(tx, waiverAggregate, { before, after, note }, [waiverWithdrawn, waiverFact]);
  return { id: before.id };
}
