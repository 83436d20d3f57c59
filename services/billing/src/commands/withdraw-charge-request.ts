import type { Tx } from '@steward/db';
import { chargeRequestWithdrawn } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { chargeRequestAggregate } from '../db/charging-aggregates.ts';
import { chargeRequestSteps } from '../domain/charge-request-rules.ts';
import type { WithdrawChargeRequestInput } from '../graphql/generated.ts';
import { chargeRequestFact } from './charge-request-facts.ts';

/** Whoever may ask for a charge takes it back while nothing was decided; it is kept as it was asked for. */
export async function withdrawChargeRequest(tx: Tx, input: WithdrawChargeRequestInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, chargeRequestAggregate, input);
  const after = chargeRequestSteps.move(before, 'withdrawChargeRequest');
  const note = { action: 'withdrawChargeRequest', rule: 'B011' };
  await saveAndTell(tx, chargeRequestAggregate, { before, after, note }, [chargeRequestWithdrawn, chargeRequestFact]);
  return { id: before.id };
}
