import { DomainError } from '@steward/core';

import { counterSignRouteTransitions } from './counter-sign-route-policy.ts';
import type { CounterSignRoute } from './counter-sign-route.ts';
import { procedureRules } from './procedure.ts';

export const counterSignRouteRules = procedureRules(counterSignRouteTransitions);

const rule = 'B010';

/** The department whose turn it is; null once it is nobody's. */
export const departmentInTurn = ({ status, departmentCodes, position }: CounterSignRoute): string | null =>
  status === 'OPEN' ? (departmentCodes[position] ?? null) : null;

/** Departments sign one after the other, each for itself, and nobody what they sent round themselves. */
export function requireTurn(
  route: CounterSignRoute,
  { departmentCode, mayAnswerFor, sub }: { departmentCode: string; mayAnswerFor: boolean; sub: string },
): void {
  const inTurn = departmentInTurn(route);
  if (departmentCode !== inTurn)
    throw new DomainError('CONFLICT', 'NOT_ITS_TURN', { rule, params: { department: inTurn } });
  if (!mayAnswerFor) throw new DomainError('FORBIDDEN', 'NOT_OF_DEPARTMENT', { rule, params: { departmentCode } });
  if (sub === route.openedBy) throw new DomainError('FORBIDDEN', 'OWN_WORK', { rule });
}

/** The route after the department in turn has signed: the next has its turn, after the last it is complete. */
export function signTurn(route: CounterSignRoute): CounterSignRoute {
  const isLast = route.position === route.departmentCodes.length - 1;
  const moved = counterSignRouteRules.moveTo(route, 'signCounterSignRoute', isLast ? 'COMPLETED' : 'OPEN');
  return { ...moved, position: route.position + 1 };
}

/** What was put right goes round anew: whoever signed before signs what it is now. */
export const resubmit = (route: CounterSignRoute): CounterSignRoute => ({
  ...counterSignRouteRules.moveTo(route, 'resubmitCounterSignRoute', 'OPEN'),
  position: 0,
  round: route.round + 1,
});
