import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { refundPaid, refundSent } from '@steward/events';
import { schedule } from '@steward/service-kit';

import { addEntry, inTill } from '../db/cash-queries.ts';
import { chargeEntity } from '../db/charge-entities.ts';
import { refundAggregate } from '../db/counter-aggregates.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import type { AccountKey } from '../domain/ledger.ts';
import type { Refund } from '../domain/refund.ts';
import type { PayRefundInput } from '../graphql/generated.ts';
import { refundFact } from './ask-refund.ts';
import { lockForAction } from './lock-counter.ts';
import { postTransactions } from './post-transactions.ts';
import { providerRefundTimer } from './provider-timers.ts';
import { saveAndTell } from './save-charging.ts';
import { takeBackCharge } from './take-back-charge.ts';
import { moneyAccount, requireSession } from './take-money.ts';

/** What the money is taken from: the advance, a part of a deposit, or what a reversed charge owes back. */
async function debited(tx: Tx, refund: Refund): Promise<{ account: AccountKey; chargeId?: string }> {
  const { billingAccountId, chargeId, chargeTypeCode, source, amount, reasonCode } = refund;
  if (source === 'ADVANCE' || chargeId === null) return { account: { type: 'ADVANCE', billingAccountId } };
  const charge = await tx.findOneByOrFail(chargeEntity, { id: chargeId });
  if (source === 'DEPOSIT' && charge.amount !== amount)
    return { account: { type: 'DEPOSIT', billingAccountId, chargeTypeCode } };
  if (charge.status !== 'REVERSED') await takeBackCharge(tx, chargeId, { reasonCode });
  return { account: { type: 'RECEIVABLE', billingAccountId, chargeTypeCode }, chargeId };
}

/** The postings of a refund that has been paid. */
export async function postRefund(tx: Tx, refund: Refund, sessionId: string | null): Promise<void> {
  const { id, communityId, amount, means } = refund;
  const from = await debited(tx, refund);
  const cause = { service: 'billing', aggregateType: refundAggregate.type, id };
  const postings = [
    { ...from, amount },
    { account: moneyAccount(means, sessionId), amount: -amount },
  ];
  await postTransactions(tx, [{ communityId, kind: 'REFUND', cause, postings }]);
}

async function payCash(tx: Tx, { communityId, amount, id }: Refund): Promise<string> {
  const { id: sessionId } = await requireSession(tx, communityId);
  const there = await inTill(tx, sessionId);
  if (there < amount) throw new DomainError('CONFLICT', 'TILL_TOO_LITTLE', { rule: 'A018', params: { inTill: there } });
  await addEntry(tx, { communityId, sessionId, kind: 'REFUND', amount: -amount, causeId: id });
  return sessionId;
}

/** The cashier pays what was approved; what was paid by telephone goes back the way it came (A018). */
export async function payRefund(tx: Tx, input: PayRefundInput): Promise<{ id: string }> {
  const refund = await lockForAction(tx, refundAggregate, 'payRefund', input);
  const { communityId, means, id } = refund;
  const { now } = txScope(tx);
  const note = { action: 'payRefund', rule: 'A018' };
  if (means === 'WALLET') {
    const sent = { ...refund, status: statusAfter('payRefund', 1) as 'SENT' };
    await saveAndTell(tx, refundAggregate, { before: refund, after: sent, note }, [refundSent, refundFact]);
    await schedule(tx, { kind: providerRefundTimer, communityId, aggregateId: id, dueAt: now });
    return { id };
  }
  const reference = input.reference?.trim() ?? null;
  if (means === 'TRANSFER' && (reference ?? '') === '')
    throw new DomainError('BAD_USER_INPUT', 'REFERENCE_REQUIRED', { path: 'input.reference', rule: 'A018' });
  const sessionId = means === 'CASH' ? await payCash(tx, refund) : null;
  const after = { ...refund, status: statusAfter('payRefund') as 'PAID', sessionId, reference, paidAt: now };
  await saveAndTell(tx, refundAggregate, { before: refund, after, note }, [refundPaid, refundFact]);
  await postRefund(tx, refund, sessionId);
  return { id };
}

payRefund.repeats = 'forGood' as const;
