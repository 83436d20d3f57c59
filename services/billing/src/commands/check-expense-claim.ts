import { txScope, type Tx } from '@steward/db';
import { expenseClaimChecked } from '@steward/events';
import { saveAndTell } from '@steward/service-kit';

import { expenseClaimAggregate } from '../db/counter-aggregates.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { checkOtherHand } from '../domain/refund-rules.ts';
import type { CheckExpenseClaimInput } from '../graphql/generated.ts';
import { lockForAction } from './lock-counter.ts';
import { claimFact } from './submit-expense-claim.ts';

/** The supervisor looks through the vouchers of somebody else (A018). */
export async function checkExpenseClaim(tx: Tx, input: CheckExpenseClaimInput): Promise<{ id: string }> {
  const claim = await lockForAction(tx, expenseClaimAggregate, 'checkExpenseClaim', input);
  const { actor, now: checkedAt } = txScope(tx);
  checkOtherHand(actor.sub, [claim.claimantSub]);
  const { isApproved } = input;
  const status = statusAfter('checkExpenseClaim', isApproved ? 0 : 1) as 'CHECKED' | 'REJECTED';
  const after = { ...claim, status, checkedBy: actor.sub, checkedAt };
  const note = { action: 'checkExpenseClaim', reasonCode: status, rule: 'A018' };
  const fact = { ...claimFact(claim), isApproved };
  await saveAndTell(tx, expenseClaimAggregate, { before: claim, after, note }, [expenseClaimChecked, () => fact]);
  return { id: claim.id };
}
