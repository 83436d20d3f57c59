import { txScope, type Tx } from '@steward/db';
import { refundDecided } from '@steward/events';
import { invocationOf } from '@steward/service-kit';

import { refundAggregate } from '../db/counter-aggregates.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { checkApprover, checkOtherHand } from '../domain/refund-rules.ts';
import type { DecideRefundInput } from '../graphql/generated.ts';
import { refundFact } from './ask-refund.ts';
import { lockForAction } from './lock-counter.ts';
import { saveAndTell } from './save-charging.ts';

/** The checker's decision: by another hand, within their authority (A018). */
export async function decideRefund(tx: Tx, input: DecideRefundInput): Promise<{ id: string }> {
  const refund = await lockForAction(tx, refundAggregate, 'decideRefund', input);
  const { actor, now: decidedAt } = txScope(tx);
  checkOtherHand(actor.sub, [refund.requestedBy]);
  checkApprover(refund.approverRole, invocationOf(tx).viewer.roles);
  const { isApproved } = input;
  const status = statusAfter('decideRefund', isApproved ? 0 : 1) as 'APPROVED' | 'REJECTED';
  const after = { ...refund, status, decidedBy: actor.sub, decidedAt };
  const note = { action: 'decideRefund', reason: status, rule: 'A018' };
  const fact = { ...refundFact(refund), isApproved };
  await saveAndTell(tx, refundAggregate, { before: refund, after, note }, [refundDecided, () => fact]);
  return { id: refund.id };
}
