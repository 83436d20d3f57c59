import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { requireUploaded } from '@steward/files';

import { addClearing, clearingsOf } from '../db/clearing-queries.ts';
import { paymentAggregate } from '../db/counter-aggregates.ts';
import { todayIn } from '../db/reference-queries.ts';
import { clears } from '../domain/clearing-rules.ts';
import type { PaymentClearing } from '../domain/payment-clearing.ts';
import type { Payment } from '../domain/payment.ts';
import type { BounceMeansInput } from '../graphql/generated.ts';
import { lockForAction } from './lock-counter.ts';
import { lockForVoid } from './lock-for-void.ts';
import { undoClearing } from './pay-signed-bills.ts';
import { flushPostings } from './post-transactions.ts';
import { voidPayment } from './void-payment.ts';

/** The money had come and went back: the bank has it no more. */
async function takeBack(tx: Tx, payment: Payment, cleared: PaymentClearing): Promise<void> {
  if (cleared.place === 'TILL') throw new DomainError('CONFLICT', 'COLLECTED_AT_TILL', { rule: 'B045' });
  await undoClearing(tx, payment, cleared);
  // Whether it is a promise again is read from the ledger.
  flushPostings(tx);
}

/** A cheque came back, a card was charged back, a signed bill is disputed: the payment is void, its debts are open again. */
export async function bounceMeans(tx: Tx, input: BounceMeansInput): Promise<{ id: string; reopened: string[] }> {
  const payment = await lockForAction(tx, paymentAggregate, 'bounceMeans', input);
  const { id: paymentId, communityId } = payment;
  if (!clears(payment.means)) throw new DomainError('CONFLICT', 'NOTHING_TO_CLEAR', { rule: 'B045' });
  const bankReference = input.bankReference.trim();
  const refuse = (reason: string, path: string): never => {
    throw new DomainError('BAD_USER_INPUT', reason, { path, rule: 'B045' });
  };
  if (bankReference === '') refuse('REFERENCE_REQUIRED', 'input.bankReference');
  const proofFileIds = [...input.proofFileIds];
  if (proofFileIds.length === 0) refuse('PROOF_REQUIRED', 'input.proofFileIds');
  await requireUploaded(tx, proofFileIds, 'document', 'input.proofFileIds');
  await lockForVoid(tx, payment);
  const cleared = (await clearingsOf(tx, [paymentId])).get(paymentId);
  if (cleared !== undefined) await takeBack(tx, payment, cleared);
  const { reopened } = await voidPayment(tx, { id: paymentId, reasonCode: 'NOT_PAID' });
  const what = { communityId, paymentId, outcome: 'BOUNCED' as const, place: 'BANK' as const, bankReference };
  const clearedOn = await todayIn(tx, communityId);
  addClearing(tx, { ...what, clearedOn, proofFileIds, withheldAmount: 0, transactionId: null });
  return { id: paymentId, reopened };
}

bounceMeans.repeats = 'forGood' as const;
