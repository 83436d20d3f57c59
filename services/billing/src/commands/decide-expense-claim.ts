import { txScope, type Tx } from '@steward/db';
import { expenseClaimDecided } from '@steward/events';
import { saveAndTell } from '@steward/service-kit';

import { expenseClaimAggregate } from '../db/counter-aggregates.ts';
import { counterActs } from '../domain/counter-policy.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { checkApprover, checkOtherHand } from '../domain/refund-rules.ts';
import type { DecideExpenseClaimInput } from '../graphql/generated.ts';
import { lockForDecision } from './lock-counter.ts';
import { claimFact } from './submit-expense-claim.ts';

/** A third hand decides, within its authority (A018). */
export async function decideExpenseClaim(tx: Tx, input: DecideExpenseClaimInput): Promise<{ id: string }> {
  const act = { command: 'decideExpenseClaim', ...counterActs.decideExpenseClaim } as const;
  const { row: claim, held } = await lockForDecision(tx, expenseClaimAggregate, act, input);
  const { actor, now: decidedAt } = txScope(tx);
  checkOtherHand(actor.sub, [claim.claimantSub, claim.checkedBy]);
  checkApprover(claim, held);
  const { isApproved } = input;
  const status = statusAfter('decideExpenseClaim', isApproved ? 0 : 1) as 'APPROVED' | 'REJECTED';
  const after = { ...claim, status, decidedBy: actor.sub, decidedAt };
  const note = { action: 'decideExpenseClaim', reasonCode: status, rule: 'A018' };
  const fact = { ...claimFact(claim), isApproved };
  await saveAndTell(tx, expenseClaimAggregate, { before: claim, after, note }, [expenseClaimDecided, () => fact]);
  return { id: claim.id };
}
