import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { expenditureReversed } from '@steward/events';
import { saveAndTell } from '@steward/service-kit';

import { expenditureAggregate } from '../db/counter-aggregates.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { expenditureReversalReasons } from '../domain/expenditure-rules.ts';
import { checkOtherHand } from '../domain/refund-rules.ts';
import type { ReverseExpenditureInput } from '../graphql/generated.ts';
import { lockForAction } from './lock-counter.ts';
import { oppositeOf } from './opposite-of.ts';
import { postTransactions } from './post-transactions.ts';
import { expenditureFact } from './record-expenditure.ts';

/** Takes an expenditure back that was paid, by the exact opposite of today; the money is where it came from again (A003). */
export async function reverseExpenditure(tx: Tx, input: ReverseExpenditureInput): Promise<{ id: string }> {
  const expenditure = await lockForAction(tx, expenditureAggregate, 'reverseExpenditure', input);
  const { id, communityId, paidBy, transactionId: reversesId } = expenditure;
  const { reasonCode } = input;
  if (!expenditureReversalReasons.includes(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', {
      path: 'input.reasonCode',
      params: { code: reasonCode },
    });
  const { actor, now: reversedAt } = txScope(tx);
  checkOtherHand(actor.sub, [paidBy]);
  if (reversesId === null) throw new Error('an expenditure that was paid was posted');
  const status = statusAfter('reverseExpenditure') as 'REVERSED';
  const after = { ...expenditure, status, reversedAt, reasonCode };
  const note = { action: 'reverseExpenditure', reasonCode, rule: 'A003' };
  const fact = { ...expenditureFact(expenditure), reasonCode };
  await saveAndTell(tx, expenditureAggregate, { before: expenditure, after, note }, [expenditureReversed, () => fact]);
  const cause = { service: 'billing', aggregateType: expenditureAggregate.type, id };
  await postTransactions(tx, [await oppositeOf(tx, { communityId, cause, reversesId })]);
  return { id };
}

reverseExpenditure.repeats = 'forGood' as const;
