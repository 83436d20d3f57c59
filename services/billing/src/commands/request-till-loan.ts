import { DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { cashierSessionLoanRequested } from '@steward/events';
import { lockAuthorized, notify, resolvePolicy, saveAndTell, seal } from '@steward/service-kit';

import { inTill, insertLoan } from '../db/cash-queries.ts';
import { cashierSessionAggregate } from '../db/counter-aggregates.ts';
import { checkLoan } from '../domain/cash-rules.ts';
import { cashPolicy } from '../domain/counter-policy.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import type { RequestTillLoanInput } from '../graphql/generated.ts';

/** Asks for money from a till; not a cent leaves it before the director has granted it (B048). */
export async function requestTillLoan(tx: Tx, input: RequestTillLoanInput): Promise<{ id: string }> {
  const session = await lockAuthorized(tx, cashierSessionAggregate, input);
  const { id: sessionId, cashierId, communityId, currency, number } = session;
  if (session.status !== 'OPEN') throw new DomainError('CONFLICT', 'SESSION_COUNTED', { rule: 'B048' });
  const { amount, borrowerId } = input;
  checkLoan(amount, await inTill(tx, sessionId), await resolvePolicy(tx, cashPolicy, communityId));
  if (input.purpose.trim() === '')
    throw new DomainError('BAD_USER_INPUT', 'PURPOSE_REQUIRED', { path: 'input.purpose', rule: 'B048' });
  const { now: askedAt, actor } = txScope(tx);
  const loanId = newId();
  await insertLoan(tx, {
    id: loanId,
    sessionId,
    communityId,
    status: statusAfter('requestTillLoan') as 'ASKED',
    amount,
    borrowerId,
    purposeSealed: seal(tx, input.purpose.trim()),
    askedBy: actor.sub,
    askedAt,
    decidedAt: null,
    repaidAt: null,
  });
  const fact = { sessionId, cashierId, loanId, loan: { amount, currency } };
  const step = { before: session, after: session, note: { action: 'requestTillLoan', rule: 'B048' } };
  await saveAndTell(tx, cashierSessionAggregate, step, [cashierSessionLoanRequested, () => fact]);
  const params = { number, amount };
  await notify(tx, {
    communityId,
    to: { role: 'director' },
    template: 'tillLoanAsked',
    params,
    aggregateId: sessionId,
  });
  return { id: sessionId };
}
