import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { requireUploaded } from '@steward/files';
import { authorize } from '@steward/service-kit';

import { paymentOfReference } from '../db/payment-queries.ts';
import { managedBooks } from '../db/reference-queries.ts';
import type { PaymentEntry } from '../domain/payment-rules.ts';
import type { RecordPaymentInput } from '../graphql/generated.ts';
import { accountIn } from './lock-counter.ts';
import { openSessionOf } from './take-money.ts';
import { takePayment } from './take-payment.ts';

/** What was paid once is written down once: two who see the same transfer do not both enter it. */
async function requireNew(tx: Tx, billingAccountId: string, { means, reference, amount }: PaymentEntry): Promise<void> {
  if (means === 'CASH' || reference === null || reference === '') return;
  const number = await paymentOfReference(tx, { billingAccountId, means, reference, amount });
  if (number === null) return;
  throw new DomainError('CONFLICT', 'REFERENCE_USED', { path: 'input.reference', rule: 'B045', params: { number } });
}

/** The desk takes money: the five things were said and confirmed, the receipt follows (A075, A076, B045). */
export async function recordPayment(tx: Tx, input: RecordPaymentInput): Promise<{ id: string }> {
  const { communityId, means, amount, confirmed } = input;
  await authorize(tx, { communityId });
  const [, account, session] = await Promise.all([
    managedBooks(tx, communityId),
    accountIn(tx, communityId, input.billingAccountId),
    openSessionOf(tx, communityId),
  ]);
  const proofFileIds = [...(input.proofFileIds ?? [])];
  await requireUploaded(tx, proofFileIds, 'document', 'input.proofFileIds');
  const entry = {
    means,
    amount,
    confirmed,
    proofFileIds,
    receivedAt: input.receivedAt ?? txScope(tx).now,
    tendered: input.tendered ?? null,
    reference: input.reference?.trim() ?? null,
  };
  await requireNew(tx, account.id, entry);
  const wish = input.allocations?.map(({ chargeId, amount: part }) => ({ chargeId, amount: part ?? null })) ?? null;
  const payment = await takePayment(tx, { account, entry, wish, session });
  return { id: payment.id };
}

// Money is taken once, however late the repetition comes.
recordPayment.repeats = 'forGood' as const;
