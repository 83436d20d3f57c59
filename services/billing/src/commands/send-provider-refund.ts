import { txScope, type Tx } from '@steward/db';
import { refundDecided, refundPaid } from '@steward/events';
import { ProviderError, type RefundOrder, type RefundState } from '@steward/payments';
import { lockAggregate, notify, schedule, type DueTimer, type OutsideWork } from '@steward/service-kit';

import { refundAggregate } from '../db/counter-aggregates.ts';
import { isFailureTold, refundFailed } from '../db/provider-queries.ts';
import { providerPaymentEntity, refundEntity } from '../db/refund-entities.ts';
import type { Refund } from '../domain/refund.ts';
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

const note = { action: 'finishRefund', rule: 'A018' };

/** Refusals that no repetition changes: the payer has no account any more, or the payment takes no refund. */
const finalRefusals: readonly string[] = [
  'INVALID_REQUEST',
  'ORDER_NOT_EXIST',
  'PARAM_ERROR',
  'RESOURCE_NOT_EXISTS',
  'USER_ACCOUNT_ABNORMAL',
];

/**
 * What a refusal of the provider comes to: over, so that it is asked for anew, this or another way, or standing until
 * somebody has seen to it there, like an account without money. Whatever is no refusal of this call is thrown again.
 */
function refusedState(error: unknown, asked: RefundOrder): RefundState {
  if (!(error instanceof ProviderError) || error.isTemporary || error.status < 400) throw error;
  const { orderNumber, refundNumber, amount } = asked;
  const state = finalRefusals.includes(error.code) ? 'CLOSED' : 'FAILED';
  return { orderNumber, refundNumber, amount, state, doneAt: null };
}

/**
 * The money did not go back, and the director is told once. What the provider has closed is over: it can be asked for
 * anew, this or another way. What is stuck at the payer's bank is seen to at the provider, which then tells of it.
 */
async function keepFailure(tx: Tx, before: Refund, { state }: RefundState): Promise<void> {
  const { id: aggregateId, communityId, number, amount } = before;
  if (state === 'CLOSED') {
    const after = { ...before, status: 'REJECTED' as const };
    const fact = { ...refundFact(before), isApproved: false };
    await saveAndTell(tx, refundAggregate, { before, after, note }, [refundDecided, () => fact]);
  } else if (await isFailureTold(tx, aggregateId)) return;
  const params = { number, amount };
  await notify(tx, { communityId, to: { role: 'director' }, template: refundFailed, params, aggregateId });
}

/** What became of a refund at the provider: booked once, however often that is told. */
export async function finishRefund(tx: Tx, communityId: string, state: RefundState): Promise<void> {
  const sent = await tx.findBy(refundEntity, { communityId, status: 'SENT' });
  const found = sent.find(({ number, id }) => providerNumber(number, id) === state.refundNumber);
  if (found === undefined || state.state === 'PROCESSING') return;
  const before = await lockAggregate(tx, refundAggregate, found.id);
  if (before.status !== 'SENT') return;
  if (state.state !== 'DONE' || state.amount !== before.amount) return keepFailure(tx, before, state);
  // The provider's day is the one that its file has it on.
  const paidAt = state.doneAt ?? txScope(tx).now;
  const after = { ...before, status: 'PAID' as const, paidAt, reference: state.refundNumber };
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
      state = await provider.refund(asked).catch((error: unknown) => refusedState(error, asked));
    },
    keep: async (later) => {
      if (state !== undefined) await finishRefund(later, communityId, state);
      if (state?.state === 'DONE' || state?.state === 'CLOSED') return;
      const dueAt = new Date(txScope(later).now.getTime() + askAgainMinutes * 60_000);
      await schedule(later, { kind: providerRefundTimer, communityId, aggregateId: refund.id, dueAt });
    },
  };
}
