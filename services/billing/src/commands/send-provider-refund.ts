import { txScope, type Tx } from '@steward/db';
import { refundPaid } from '@steward/events';
import type { RefundState } from '@steward/payments';
import { lockAggregate, schedule, type DueTimer, type OutsideWork } from '@steward/service-kit';

import { refundAggregate } from '../db/counter-aggregates.ts';
import { providerPaymentEntity, refundEntity } from '../db/refund-entities.ts';
import { refundFact } from './ask-refund.ts';
import { postRefund } from './pay-refund.ts';
import { notifyUrl, providerOf } from './provider-client.ts';
import { providerRefundTimer } from './provider-timers.ts';
import { saveAndTell } from './save-charging.ts';

/** Until the provider is asked again about a refund whose notice has not come. */
const askAgainMinutes = 30;

/** The provider takes letters and digits; a refund's number has hyphens. */
export const providerNumber = (number: string, id: string): string =>
  `${number}${id.slice(-8).toUpperCase()}`.replaceAll('-', '');

/** The money went back: booked once, however often that is told. */
export async function finishRefund(tx: Tx, communityId: string, state: RefundState): Promise<void> {
  const sent = await tx.findBy(refundEntity, { communityId, status: 'SENT' });
  const found = sent.find(({ number, id }) => providerNumber(number, id) === state.refundNumber);
  if (found === undefined || state.state !== 'DONE') return;
  const before = await lockAggregate(tx, refundAggregate, found.id);
  if (before.status !== 'SENT' || before.amount !== state.amount) return;
  const after = { ...before, status: 'PAID' as const, paidAt: txScope(tx).now, reference: state.refundNumber };
  const note = { action: 'finishRefund', rule: 'A018' };
  await saveAndTell(tx, refundAggregate, { before, after, note }, [refundPaid, refundFact]);
  await postRefund(tx, before, null);
}

/** Timer: asks the provider to give money back the way it came, and again until it says that it has. */
export async function sendProviderRefund(tx: Tx, due: DueTimer): Promise<OutsideWork | null> {
  const refund = await lockAggregate(tx, refundAggregate, due.aggregateId ?? '');
  const found = await providerOf(tx, refund.communityId);
  const order = await tx.findOneBy(providerPaymentEntity, { id: refund.providerPaymentId ?? '' });
  if (refund.status !== 'SENT' || found === null || order === null) return null;
  const { provider, account } = found;
  const { communityId, amount, currency } = refund;
  const refundNumber = providerNumber(refund.number, refund.id);
  const asked = {
    orderNumber: order.number,
    refundNumber,
    amount,
    total: order.amount,
    currency,
    notifyUrl: notifyUrl(account),
  };
  let state: RefundState | undefined;
  return {
    carryOut: async () => {
      state = await provider.refund(asked);
    },
    keep: async (later) => {
      if (state?.state === 'DONE') return finishRefund(later, communityId, state);
      const dueAt = new Date(txScope(later).now.getTime() + askAgainMinutes * 60_000);
      await schedule(later, { kind: providerRefundTimer, communityId, aggregateId: refund.id, dueAt });
    },
  };
}
