import { txScope, type Tx } from '@steward/db';
import { refundDecided } from '@steward/events';
import { saveAndTell } from '@steward/service-kit';

import { refundAggregate } from '../db/counter-aggregates.ts';
import { counterActs } from '../domain/counter-policy.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { checkApprover, checkOtherHand } from '../domain/refund-rules.ts';
import type { DecideRefundInput } from '../graphql/generated.ts';
import { refundFact } from './ask-refund.ts';
import { lockForDecision } from './lock-counter.ts';

/** The checker's decision: by another hand, within their authority (A018). */
export async function decideRefund(tx: Tx, input: DecideRefundInput): Promise<{ id: string }> {
  const act = { command: 'decideRefund', ...counterActs.decideRefund } as const;
  const { row: refund, held } = await lockForDecision(tx, refundAggregate, act, input);
  const { actor, now: decidedAt } = txScope(tx);
  checkOtherHand(actor.sub, [refund.requestedBy]);
  checkApprover(refund, held);
  const { isApproved } = input;
  const status = statusAfter('decideRefund', isApproved ? 0 : 1) as 'APPROVED' | 'REJECTED';
  const after = { ...refund, status, decidedBy: actor.sub, decidedAt };
  const note = { action: 'decideRefund', reasonCode: status, rule: 'A018' };
  const fact = { ...refundFact(refund), isApproved };
  await saveAndTell(tx, refundAggregate, { before: refund, after, note }, [refundDecided, () => fact]);
  return { id: refund.id };
}
