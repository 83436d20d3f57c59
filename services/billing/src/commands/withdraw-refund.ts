import type { Tx } from '@steward/db';
import { refundDecided } from '@steward/events';
import { saveAndTell } from '@steward/service-kit';

import { refundAggregate } from '../db/counter-aggregates.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import type { WithdrawRefundInput } from '../graphql/generated.ts';
import { refundFact } from './ask-refund.ts';
import { lockForAction } from './lock-counter.ts';

/**
 * Whoever may ask for a refund takes it back while nothing has been paid: no money leaves, so it needs no second hand. What
 * it claimed is free again, and a payment that it rested on can be taken back.
 */
export async function withdrawRefund(tx: Tx, input: WithdrawRefundInput): Promise<{ id: string }> {
  const refund = await lockForAction(tx, refundAggregate, 'withdrawRefund', input);
  const after = { ...refund, status: statusAfter('withdrawRefund') as 'REJECTED' };
  const fact = { ...refundFact(refund), isApproved: false };
  const note = { action: 'withdrawRefund', rule: 'A018' };
  await saveAndTell(tx, refundAggregate, { before: refund, after, note }, [refundDecided, () => fact]);
  return { id: refund.id };
}
