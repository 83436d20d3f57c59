import { txScope, type Tx } from '@steward/db';
import { expenditureDecided } from '@steward/events';
import { saveAndTell } from '@steward/service-kit';

import { expenditureAggregate } from '../db/counter-aggregates.ts';
import { counterActs } from '../domain/counter-policy.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { checkApprover, checkOtherHand } from '../domain/refund-rules.ts';
import type { DecideExpenditureInput } from '../graphql/generated.ts';
import { lockForDecision } from './lock-counter.ts';
import { expenditureFact } from './record-expenditure.ts';

/** Another hand than recorded it decides, within its authority (A003, A018). */
export async function decideExpenditure(tx: Tx, input: DecideExpenditureInput): Promise<{ id: string }> {
  const act = { command: 'decideExpenditure', ...counterActs.decideExpenditure } as const;
  const { row: expenditure, held } = await lockForDecision(tx, expenditureAggregate, act, input);
  const { actor, now: decidedAt } = txScope(tx);
  checkOtherHand(actor.sub, [expenditure.recordedBy]);
  checkApprover(expenditure, held);
  const { isApproved } = input;
  const status = statusAfter('decideExpenditure', isApproved ? 0 : 1) as 'APPROVED' | 'REJECTED';
  const after = { ...expenditure, status, decidedBy: actor.sub, decidedAt };
  const note = { action: 'decideExpenditure', reasonCode: status, rule: 'A003' };
  const fact = { ...expenditureFact(expenditure), isApproved };
  await saveAndTell(tx, expenditureAggregate, { before: expenditure, after, note }, [expenditureDecided, () => fact]);
  return { id: expenditure.id };
}
