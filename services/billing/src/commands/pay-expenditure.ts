import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { expenditurePaid } from '@steward/events';
import { saveAndTell } from '@steward/service-kit';

import { expenditureAggregate } from '../db/counter-aggregates.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { expensePostings } from '../domain/expense-postings.ts';
import type { PayExpenditureInput } from '../graphql/generated.ts';
import { lockForAction } from './lock-counter.ts';
import { postTransactions } from './post-transactions.ts';
import { expenditureFact } from './record-expenditure.ts';
import { requireInSafe } from './take-from-safe.ts';

/** Finance pays what was approved, by a transfer or out of the safe; each line is an expense under its code (A003). */
export async function payExpenditure(tx: Tx, input: PayExpenditureInput): Promise<{ id: string }> {
  const expenditure = await lockForAction(tx, expenditureAggregate, 'payExpenditure', input);
  const { id, communityId, amount, lines } = expenditure;
  const { means } = input;
  const reference = input.reference.trim();
  if (reference === '')
    throw new DomainError('BAD_USER_INPUT', 'REFERENCE_REQUIRED', { path: 'input.reference', rule: 'A003' });
  if (means === 'SAFE') await requireInSafe(tx, communityId, amount, 'A003');
  const { actor, now: paidAt } = txScope(tx);
  const cause = { service: 'billing', aggregateType: expenditureAggregate.type, id };
  const account = { type: means === 'SAFE' ? ('CASH_IN_SAFE' as const) : ('BANK' as const) };
  const postings = expensePostings(lines, { account, amount });
  const [transactionId = null] = await postTransactions(tx, [{ communityId, kind: 'EXPENSE', cause, postings }]);
  const paid = { means, reference, paidBy: actor.sub, paidAt, transactionId };
  const after = { ...expenditure, ...paid, status: statusAfter('payExpenditure') as 'PAID' };
  const note = { action: 'payExpenditure', reasonCode: means, rule: 'A003' };
  const step = { before: expenditure, after, note };
  await saveAndTell(tx, expenditureAggregate, step, [expenditurePaid, () => ({ ...expenditureFact(after), means })]);
  return { id };
}

payExpenditure.repeats = 'forGood' as const;
