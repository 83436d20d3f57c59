import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { expenseClaimPaid } from '@steward/events';

import { addEntry, inTill } from '../db/cash-queries.ts';
import { expenseClaimAggregate } from '../db/counter-aggregates.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import type { PayExpenseClaimInput } from '../graphql/generated.ts';
import { lockForAction } from './lock-counter.ts';
import { postTransactions } from './post-transactions.ts';
import { saveAndTell } from './save-charging.ts';
import { claimFact } from './submit-expense-claim.ts';
import { requireSession } from './take-money.ts';

/** The cashier pays an approved claim from the till (A018). */
export async function payExpenseClaim(tx: Tx, input: PayExpenseClaimInput): Promise<{ id: string }> {
  const claim = await lockForAction(tx, expenseClaimAggregate, 'payExpenseClaim', input);
  const { id, communityId, amount } = claim;
  const { id: sessionId } = await requireSession(tx, communityId);
  const there = await inTill(tx, sessionId);
  if (there < amount) throw new DomainError('CONFLICT', 'TILL_TOO_LITTLE', { rule: 'A018', params: { inTill: there } });
  const after = { ...claim, status: statusAfter('payExpenseClaim') as 'PAID', sessionId, paidAt: txScope(tx).now };
  const note = { action: 'payExpenseClaim', rule: 'A018' };
  await saveAndTell(tx, expenseClaimAggregate, { before: claim, after, note }, [expenseClaimPaid, claimFact]);
  await addEntry(tx, { communityId, sessionId, kind: 'EXPENSE', amount: -amount, causeId: id });
  const cause = { service: 'billing', aggregateType: expenseClaimAggregate.type, id };
  const postings = [
    { account: { type: 'EXPENSE' as const }, amount },
    { account: { type: 'CASH_IN_HAND' as const, referenceId: sessionId }, amount: -amount },
  ];
  await postTransactions(tx, [{ communityId, kind: 'EXPENSE', cause, postings }]);
  return { id };
}

payExpenseClaim.repeats = 'forGood' as const;
