import { txScope, type Tx } from '@steward/db';
import { refundDecided, refundPaid } from '@steward/events';
import { ProviderError, type PaymentProvider, type RefundOrder, type RefundState } from '@steward/payments';
import { lockAggregate, notify, saveAndTell, schedule, type DueTimer, type OutsideWork } from '@steward/service-kit';

import { refundAggregate } from '../db/counter-aggregates.ts';
import { isTold, refundFailed, refundLate, refundsAtProvider } from '../db/provider-queries.ts';
import { lockRefundable } from '../db/refund-queries.ts';
import { providerPaymentEntity } from '../db/refund-entities.ts';
import type { Refund } from '../domain/refund.ts';
import { refundFact } from './ask-refund.ts';
import { postRefund } from './pay-refund.ts';
import { notifyUrl, providerOf } from './provider-client.ts';
import { providerRefundTimer } from './provider-timers.ts';

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

const isFinal = (error: unknown): error is ProviderError =>
  error instanceof ProviderError && !error.isTemporary && finalRefusals.includes(error.code);

/**
 * What the provider makes of a refund that it was asked for. A call that was repeated may be refused though the first one is
 * carried out: before a refusal is the end, the provider is asked whether it knows the refund.
 */
async function askFor(provider: PaymentProvider, asked: RefundOrder): Promise<RefundState> {
  try {
    return await provider.refund(asked);
  } catch (error) {
    if (!isFinal(error)) return refusedState(error, asked);
    return provider.queryRefund(asked.refundNumber).catch((unknown: unknown) => {
      if (isFinal(unknown)) return refusedState(error, asked);
      throw unknown;
    });
  }
}

/**
 * What a refusal of the provider comes to: over, so that it is asked for anew, this or another way, or standing until
 * somebody has seen to it there, like an account without money. Whatever is no refusal of this call is thrown again.
 */
function refusedState(error: unknown, asked: RefundOrder): RefundState {
  if (!(error instanceof ProviderError) || error.isTemporary || error.status < 400) throw error;
  const { orderNumber, refundNumber, amount } = asked;
  const state = isFinal(error) ? 'CLOSED' : 'FAILED';
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
  } else if (await isTold(tx, aggregateId, refundFailed)) return;
  const params = { number, amount };
  await notify(tx, { communityId, to: { role: 'director' }, template: refundFailed, params, aggregateId });
}

/**
 * Whether what the provider did after all can be booked: what it gave back is there still. Else the director is told once,
 * and it is asked for every day, since whoever decides takes another refund back or has the payer return the money.
 */
async function isThere(tx: Tx, before: Refund): Promise<boolean> {
  const { id: aggregateId, communityId, number, amount } = before;
  const { available } = await lockRefundable(tx, before, aggregateId);
  if (available >= amount) return true;
  if (await isTold(tx, aggregateId, refundLate)) return false;
  const params = { number, amount };
  await notify(tx, { communityId, to: { role: 'director' }, template: refundLate, params, aggregateId });
  const dueAt = new Date(txScope(tx).now.getTime() + askAgainMinutes * 60_000);
  await schedule(tx, { kind: providerRefundTimer, communityId, aggregateId, dueAt });
  return false;
}

/** What became of a refund at the provider: booked once, however often that is told, and however late. */
export async function finishRefund(tx: Tx, communityId: string, state: RefundState): Promise<void> {
  const [found] = await refundsAtProvider(tx, communityId, [state.refundNumber]);
  if (found === undefined || state.state === 'PROCESSING') return;
  const before = await lockAggregate(tx, refundAggregate, found.id);
  const isDone = state.state === 'DONE' && state.amount === before.amount;
  if (before.status === 'REJECTED') {
    if (!isDone || !(await isThere(tx, before))) return;
  } else if (before.status !== 'SENT') return;
  else if (!isDone) return keepFailure(tx, before, state);
  // The provider's day is the one that its file has it on.
  const paidAt = state.doneAt ?? txScope(tx).now;
  const after = { ...before, status: 'PAID' as const, paidAt, reference: state.refundNumber };
  await saveAndTell(tx, refundAggregate, { before, after, note }, [refundPaid, refundFact]);
  await postRefund(tx, before, null);
}

/** How long after its decision a refund that is over is asked about. */
const lateDays = 30;

/** What the provider did though it is held to be over here: asked about only, never for. */
function askLate({ id, communityId, decidedAt }: Refund, provider: PaymentProvider, number: string): OutsideWork {
  let state: RefundState | undefined;
  return {
    carryOut: async () => {
      state = await provider.queryRefund(number);
    },
    keep: async (later) => {
      if (state?.state !== 'DONE') return;
      await finishRefund(later, communityId, state);
      const { status } = await lockAggregate(later, refundAggregate, id);
      const dueAt = new Date(txScope(later).now.getTime() + 86_400_000);
      const isOver = decidedAt === null || dueAt.getTime() > decidedAt.getTime() + lateDays * 86_400_000;
      if (status !== 'REJECTED' || isOver) return;
      await schedule(later, { kind: providerRefundTimer, communityId, aggregateId: id, dueAt });
    },
  };
}

/** Timer: asks the provider to give money back the way it came, and again until it says that it has. */
export async function sendProviderRefund(tx: Tx, due: DueTimer): Promise<OutsideWork | null> {
  const refund = await lockAggregate(tx, refundAggregate, due.aggregateId ?? '');
  const order = await tx.findOneBy(providerPaymentEntity, { id: refund.providerPaymentId ?? '' });
  if (order === null || !(refund.status === 'SENT' || refund.status === 'REJECTED')) return null;
  // The merchant that took the money gives it back, whoever is the community's by now.
  const found = await providerOf(tx, refund.communityId, order.merchantId);
  if (found === null) return null;
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
  if (refund.status === 'REJECTED') return askLate(refund, provider, refundNumber);
  let state: RefundState | undefined;
  return {
    carryOut: async () => {
      state = await askFor(provider, asked);
    },
    keep: async (later) => {
      if (state !== undefined) await finishRefund(later, communityId, state);
      if (state?.state === 'DONE' || state?.state === 'CLOSED') return;
      const dueAt = new Date(txScope(later).now.getTime() + askAgainMinutes * 60_000);
      await schedule(later, { kind: providerRefundTimer, communityId, aggregateId: refund.id, dueAt });
    },
  };
}
