import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { expenseClaimPaid } from '@steward/events';
import { saveAndTell } from '@steward/service-kit';

import { expenseClaimAggregate } from '../db/counter-aggregates.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { expensePostings } from '../domain/expense-postings.ts';
import type { PayExpenseClaimInput } from '../graphql/generated.ts';
import { lockForAction } from './lock-counter.ts';
import { postTransactions } from './post-transactions.ts';
import { claimFact } from './submit-expense-claim.ts';
import { moneyAccount, payFromTill } from './take-money.ts';

/** The cashier pays an approved claim from the till, or finance by a transfer under its number (A018). */
export async function payExpenseClaim(tx: Tx, input: PayExpenseClaimInput): Promise<{ id: string }> {
  const claim = await lockForAction(tx, expenseClaimAggregate, 'payExpenseClaim', input);
  const { id, communityId, amount } = claim;
  const means = input.means ?? 'CASH';
  const reference = input.reference?.trim() ?? '';
  if (means === 'TRANSFER' && reference === '')
    throw new DomainError('BAD_USER_INPUT', 'REFERENCE_REQUIRED', { path: 'input.reference', rule: 'A018' });
  const out = { kind: 'EXPENSE' as const, amount, causeId: id, rule: 'A018' };
  const sessionId = means === 'CASH' ? await payFromTill(tx, communityId, out) : null;
  const paid = { means, reference: means === 'TRANSFER' ? reference : null, sessionId, paidAt: txScope(tx).now };
  const after = { ...claim, ...paid, status: statusAfter('payExpenseClaim') as 'PAID' };
  const note = { action: 'payExpenseClaim', reasonCode: means, rule: 'A018' };
  await saveAndTell(tx, expenseClaimAggregate, { before: claim, after, note }, [expenseClaimPaid, claimFact]);
  const cause = { service: 'billing', aggregateType: expenseClaimAggregate.type, id };
  const postings = expensePostings(claim.lines, { account: moneyAccount(means, sessionId), amount });
  await postTransactions(tx, [{ communityId, kind: 'EXPENSE', cause, postings }]);
  return { id };
}

payExpenseClaim.repeats = 'forGood' as const;
