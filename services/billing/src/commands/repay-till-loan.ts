import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { cashierSessionLoanRepaid } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { findLoan, updateLoan } from '../db/cash-queries.ts';
import { cashierSessionAggregate } from '../db/counter-aggregates.ts';
import { requireTransition, statusAfter } from '../domain/counter-transition-rules.ts';
import type { RepayTillLoanInput } from '../graphql/generated.ts';
import { moveLoan } from './move-loan.ts';
import { requireSession } from './take-money.ts';

/** A loan comes back in full, into the till that is open now. */
export async function repayTillLoan(tx: Tx, input: RepayTillLoanInput): Promise<{ id: string }> {
  const session = await lockAuthorized(tx, cashierSessionAggregate, input);
  const loan = await findLoan(tx, input.loanId, session.id);
  if (loan === null) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  requireTransition('repayTillLoan', loan.status);
  const till = await requireSession(tx, session.communityId);
  await updateLoan(tx, loan.id, { status: statusAfter('repayTillLoan') as 'REPAID', repaidAt: txScope(tx).now });
  const { id: sessionId, cashierId, currency } = session;
  const fact = { sessionId, cashierId, loanId: loan.id, loan: { amount: loan.amount, currency } };
  const step = { before: session, after: session, note: { action: 'repayTillLoan', rule: 'B048' } };
  await saveAndTell(tx, cashierSessionAggregate, step, [cashierSessionLoanRepaid, () => fact]);
  await moveLoan(tx, till, loan, 'LOAN_REPAID');
  return { id: sessionId };
}
