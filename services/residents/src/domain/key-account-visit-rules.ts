import type { Violation } from '@steward/core';

import { keyAccountVisitTransitions } from './key-account-visit-policy.ts';
import type { KeyAccountVisit, KeyAccountVisitOutcome } from './key-account-visit.ts';
import { procedureRules } from './procedure.ts';

export const keyAccountVisitRules = procedureRules(keyAccountVisitTransitions);

const rule = 'A204';
const hour = 3_600_000;

type Told = { outcome: KeyAccountVisitOutcome; opinion: string | null; visitedAt: Date };

/** What a key account said is kept; nobody was reached without a word. The time is that of the visit, typed in soon. */
export function visitViolations(
  { outcome, opinion, visitedAt }: Told,
  { now, backdatingHours }: { now: Date; backdatingHours: number },
): Violation[] {
  const violations: Violation[] = [];
  if (outcome !== 'UNREACHABLE' && (opinion ?? '').trim() === '')
    violations.push({ path: 'input.opinion', reason: 'TEXT_REQUIRED', rule });
  const path = 'input.visitedAt';
  if (visitedAt > now) violations.push({ path, reason: 'IN_THE_FUTURE', rule });
  if (visitedAt.getTime() < now.getTime() - backdatingHours * hour)
    violations.push({ path, reason: 'TOO_FAR_BACK', rule, params: { hours: backdatingHours } });
  return violations;
}

const leadsTo = { SATISFIED: 'DONE', UNSATISFIED: 'COMPLAINT_AWAITED', UNREACHABLE: 'DUE' } as const;

/** The visit after an attempt: nobody reached, it stays due; not satisfied, a complaint has to follow. */
export function afterAttempt(visit: KeyAccountVisit, outcome: KeyAccountVisitOutcome): KeyAccountVisit {
  const moved = keyAccountVisitRules.moveTo(visit, 'recordKeyAccountVisit', leadsTo[outcome]);
  return outcome === 'UNREACHABLE' ? { ...moved, attemptCount: visit.attemptCount + 1 } : { ...moved, outcome };
}
