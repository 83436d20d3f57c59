import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { authorize } from '@steward/service-kit';

import { balancesOf } from '../db/ledger-queries.ts';
import { allocate } from '../domain/allocation-rules.ts';
import { paymentPostings } from '../domain/payment-postings.ts';
import type { ApplyAdvanceInput } from '../graphql/generated.ts';
import { accountIn } from './lock-counter.ts';
import { flushPostings, postTransactions } from './post-transactions.ts';
import { lockOpenChargesOf, settleCharges } from './settle-charges.ts';
import { settleDunningIfPaid } from './dunning-debt.ts';

/** Pays what is open from what stands to the payer's good, the oldest debt first. */
export async function applyAdvance(tx: Tx, input: ApplyAdvanceInput): Promise<{ id: string }> {
  const { communityId, billingAccountId } = input;
  await authorize(tx, { communityId });
  const account = await accountIn(tx, communityId, billingAccountId);
  const charges = await lockOpenChargesOf(tx, account.id);
  const [balance = 0] = await balancesOf(tx, communityId, [{ type: 'ADVANCE', billingAccountId }]);
  const owed = charges.reduce((sum, { outstanding }) => sum + Math.max(outstanding, 0), 0);
  const amount = Math.min(-balance, owed);
  if (amount <= 0) throw new DomainError('CONFLICT', 'NOTHING_TO_APPLY', { rule: 'A075' });
  const { allocations } = allocate(charges, amount, null, { takesAdvances: false });
  const paid = new Map(allocations.map((part) => [part.chargeId, part.amount]));
  const parts = charges.flatMap((charge) => {
    const part = paid.get(charge.id);
    return part === undefined ? [] : [{ charge, amount: part }];
  });
  const lines = parts.map(({ charge: { id: chargeId, chargeTypeCode }, amount: part }) => ({
    chargeId,
    chargeTypeCode,
    amount: part,
  }));
  const postings = paymentPostings(
    { type: 'ADVANCE', billingAccountId },
    { billingAccountId, amount, advanceAmount: 0 },
    lines,
  );
  const cause = { service: 'billing', aggregateType: 'billing-account', id: billingAccountId };
  await postTransactions(tx, [{ communityId, kind: 'ALLOCATION', cause, postings }]);
  await settleCharges(tx, parts, { receiptNumber: null });
  flushPostings(tx);
  await settleDunningIfPaid(tx, communityId, billingAccountId);
  return { id: billingAccountId };
}

applyAdvance.repeats = 'forGood' as const;
