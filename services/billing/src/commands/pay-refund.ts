import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { refundPaid, refundSent } from '@steward/events';
import { saveAndTell, schedule } from '@steward/service-kit';

import { lockCharges } from '../db/charge-queries.ts';
import { refundAggregate } from '../db/counter-aggregates.ts';
import { lockAccounts, lockRefundable, paidOn } from '../db/refund-queries.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { partPostings } from '../domain/credit-postings.ts';
import type { PostingDraft } from '../domain/ledger.ts';
import { checkRefundAmount } from '../domain/refund-rules.ts';
import type { Refund } from '../domain/refund.ts';
import type { PayRefundInput } from '../graphql/generated.ts';
import { refundFact } from './ask-refund.ts';
import { askCorrection } from './correct-invoices.ts';
import { lockForAction } from './lock-counter.ts';
import { postTransactions } from './post-transactions.ts';
import { providerRefundTimer } from './provider-timers.ts';
import { takeBackCharge } from './take-back-charge.ts';
import { moneyAccount, payFromTill } from './take-money.ts';

/**
 * What the money is taken from. Of a charge that goes back with it in full the charge is taken back first, and with it what
 * is left of the payments goes to the advance; a part is taken from what was earned by it or kept for it. A charge that is
 * owed in part goes back whole, also when more was paid on it since the refund was asked for.
 */
async function takenFrom(tx: Tx, refund: Refund): Promise<PostingDraft[]> {
  const { billingAccountId, chargeId, amount, reasonCode } = refund;
  const advance = [{ account: { type: 'ADVANCE' as const, billingAccountId }, amount }];
  if (chargeId === null) return advance;
  const [charge] = await lockCharges(tx, [chargeId]);
  if (charge === undefined || charge.status === 'REVERSED') return advance;
  const { paid, given } = await paidOn(tx, chargeId);
  const isPart = charge.status !== 'OPEN' && given.kept + given.tax + amount < paid;
  if (isPart) return partPostings(charge, given, amount);
  await takeBackCharge(tx, chargeId, { reasonCode });
  return advance;
}

/** The postings of a refund that has been paid. */
export async function postRefund(tx: Tx, refund: Refund, sessionId: string | null): Promise<void> {
  const { id, communityId, billingAccountId, amount, means } = refund;
  await lockAccounts(tx, [billingAccountId]);
  const from = await takenFrom(tx, refund);
  const cause = { service: 'billing', aggregateType: refundAggregate.type, id };
  const postings = [...from, { account: moneyAccount(means, sessionId), amount: -amount }];
  await postTransactions(tx, [{ communityId, kind: 'REFUND', cause, postings }]);
  await askCorrection(tx, refund);
}

/** The cashier pays what was approved; what was paid by telephone goes back the way it came (A018). */
export async function payRefund(tx: Tx, input: PayRefundInput): Promise<{ id: string }> {
  const refund = await lockForAction(tx, refundAggregate, 'payRefund', input);
  const { communityId, means, id, amount } = refund;
  const { available } = await lockRefundable(tx, refund, id);
  // A payment that it rests on may have been taken back since it was approved.
  checkRefundAmount(amount, { available, isWholeOnly: false });
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
  const out = { kind: 'REFUND' as const, amount, causeId: id, rule: 'A018' };
  const sessionId = means === 'CASH' ? await payFromTill(tx, communityId, out) : null;
  const after = { ...refund, status: statusAfter('payRefund') as 'PAID', sessionId, reference, paidAt: now };
  await saveAndTell(tx, refundAggregate, { before: refund, after, note }, [refundPaid, refundFact]);
  await postRefund(tx, refund, sessionId);
  return { id };
}

payRefund.repeats = 'forGood' as const;
