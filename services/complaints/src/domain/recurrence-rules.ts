import { DomainError, refuseAll, type Violation } from '@steward/core';

import type { AnalysisValues } from './complaint-policy.ts';
import { colleagueViolations } from './handling-rules.ts';
import { departmentViolations, isBlank } from './intake-rules.ts';
import type { RecurringProblem } from './recurring-problem.ts';
import type { StaffPostReference, StaffReference } from './references.ts';

const rule = 'A038';

/** Why the state refuses a plan; null if it does not. */
export const planRefusal = ({ status }: Pick<RecurringProblem, 'status'>) =>
  status === 'FOUND'
    ? null
    : { reason: 'ILLEGAL_TRANSITION', rule, params: { action: 'planRecurringProblemPrevention', status } };

type Plan = {
  cause: string;
  prevention: string;
  ownerId: string;
  departmentCodes: readonly string[];
  owner: { staff: StaffReference; posts: readonly StaffPostReference[] } | null;
  departments: ReadonlySet<string>;
  day: string;
  now: Date;
  checkAt: Date;
};

/** The departments concerned have found cause and prevention; somebody answers for it, and its effect is checked later. */
export function planPrevention(problem: RecurringProblem, plan: Plan): RecurringProblem {
  const refusal = planRefusal(problem);
  if (refusal !== null) throw new DomainError('CONFLICT', refusal.reason, refusal);
  const { communityId } = problem;
  const violations: Violation[] = [];
  for (const field of ['cause', 'prevention'] as const) {
    if (isBlank(plan[field])) violations.push({ path: `input.${field}`, reason: 'TEXT_REQUIRED', rule });
  }
  if (plan.departmentCodes.length === 0) {
    violations.push({ path: 'input.departmentCodes', reason: 'DEPARTMENTS_REQUIRED', rule, params: { least: 1 } });
  }
  violations.push(
    ...departmentViolations(plan.departmentCodes, plan.departments, rule),
    ...colleagueViolations(plan.owner, { communityId, day: plan.day }, { path: 'input.ownerId', rule }),
  );
  refuseAll(violations);
  return {
    ...problem,
    status: 'PREVENTING',
    ownerId: plan.ownerId,
    departmentCodes: [...new Set(plan.departmentCodes)],
    plannedAt: plan.now,
    checkAt: plan.checkAt,
  };
}

/** What the check of the effect makes of a problem: over, or found again (A038). */
export function checkEffect(
  problem: RecurringProblem,
  recurrenceCount: number,
  now: Date,
  { toleratedRecurrences }: AnalysisValues,
): RecurringProblem {
  const isEffective = recurrenceCount <= toleratedRecurrences;
  return {
    ...problem,
    status: isEffective ? 'EFFECTIVE' : 'FOUND',
    round: problem.round + (isEffective ? 0 : 1),
    checkedAt: now,
    recurrenceCount,
  };
}
