import { txScope, type Tx } from '@steward/db';
import { chargeRequestDecided } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { chargeRequestAggregate } from '../db/charging-aggregates.ts';
import { chargeRequestSteps } from '../domain/charge-request-rules.ts';
import { checkOtherHand } from '../domain/refund-rules.ts';
import type { DecideChargeRequestInput } from '../graphql/generated.ts';
import { chargeRequestFact } from './charge-request-facts.ts';
import { raiseChargeByHand } from './raise-charge-by-hand.ts';

/** The checker's decision, by another hand; what is approved is owed from now on (B011). */
export async function decideChargeRequest(tx: Tx, input: DecideChargeRequestInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, chargeRequestAggregate, input);
  const { isApproved } = input;
  const moved = chargeRequestSteps.move(before, 'decideChargeRequest', isApproved ? 0 : 1);
  const { actor, now: decidedAt } = txScope(tx);
  checkOtherHand(actor.sub, [before.requestedBy]);
  const chargeId = isApproved ? (await raiseChargeByHand(tx, before)).id : null;
  const after = { ...moved, decidedBy: actor.sub, decidedAt, chargeId };
  const note = { action: 'decideChargeRequest', reasonCode: moved.status, rule: 'B011' };
  await saveAndTell(tx, chargeRequestAggregate, { before, after, note }, [
    chargeRequestDecided,
    (saved) => ({ ...chargeRequestFact(saved), isApproved, chargeId }),
  ]);
  return { id: before.id };
}
