import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { cashierSessionLoanDecided } from '@steward/events';
import { lockAuthorized, resolvePolicy, saveAndTell } from '@steward/service-kit';

import { findLoan, inTill, updateLoan } from '../db/cash-queries.ts';
import { cashierSessionAggregate } from '../db/counter-aggregates.ts';
import { checkLoan } from '../domain/cash-rules.ts';
import { cashPolicy } from '../domain/counter-policy.ts';
import { requireTransition, statusAfter } from '../domain/counter-transition-rules.ts';
import type { DecideTillLoanInput } from '../graphql/generated.ts';
import { moveLoan } from './move-loan.ts';

/** The director decides, and never about what they asked for themselves; only then money leaves the till (B048). */
export async function decideTillLoan(tx: Tx, input: DecideTillLoanInput): Promise<{ id: string }> {
  const session = await lockAuthorized(tx, cashierSessionAggregate, input);
  const loan = await findLoan(tx, input.loanId, session.id);
  if (loan === null) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  requireTransition('decideTillLoan', loan.status);
  const { now: decidedAt, actor } = txScope(tx);
  if (actor.sub === loan.askedBy || actor.id === loan.borrowerId)
    throw new DomainError('FORBIDDEN', 'OWN_REQUEST', { rule: 'B048' });
  const { isGranted } = input;
  const { amount } = loan;
  if (isGranted) {
    if (session.status !== 'OPEN') throw new DomainError('CONFLICT', 'SESSION_COUNTED', { rule: 'B048' });
    checkLoan(amount, await inTill(tx, session.id), await resolvePolicy(tx, cashPolicy, session.communityId));
  }
  const status = statusAfter('decideTillLoan', isGranted ? 0 : 1) as 'GRANTED' | 'REFUSED';
  await updateLoan(tx, loan.id, { status, decidedAt });
  const { id: sessionId, cashierId, currency } = session;
  const fact = { sessionId, cashierId, loanId: loan.id, loan: { amount, currency }, isGranted };
  const step = {
    before: session,
    after: session,
    note: { action: 'decideTillLoan', reasonCode: status, rule: 'B048' },
  };
  await saveAndTell(tx, cashierSessionAggregate, step, [cashierSessionLoanDecided, () => fact]);
  if (isGranted) await moveLoan(tx, session, loan, 'LOAN');
  return { id: sessionId };
}
