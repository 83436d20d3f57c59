import { DomainError, refuseAll, type Violation } from '@steward/core';

import type { Complaint, ComplaintEffect, ComplaintGrade } from './complaint.ts';
import { effectGrades } from './responsibility-policy.ts';
import { stay } from './transition-rules.ts';

const order: readonly ComplaintGrade[] = ['MINOR', 'IMPORTANT', 'MAJOR'];

export const isBelow = (grade: ComplaintGrade, other: ComplaintGrade): boolean =>
  order.indexOf(grade) < order.indexOf(other);

const higher = (a: ComplaintGrade, b: ComplaintGrade): ComplaintGrade => (isBelow(a, b) ? b : a);

/** The lowest grade that the effects allow (A095, A096). */
export const leastGrade = (effects: readonly ComplaintEffect[]): ComplaintGrade =>
  effects.map((effect) => effectGrades[effect].grade).reduce<ComplaintGrade>(higher, 'MINOR');

/** What is wrong with a grade: below what one of the effects makes of the complaint. */
export function gradeViolations(
  grade: ComplaintGrade | null | undefined,
  effects: readonly ComplaintEffect[],
  path = 'input.grade',
): Violation[] {
  const offended = effects.find((effect) => grade != null && isBelow(grade, effectGrades[effect].grade));
  if (offended === undefined) return [];
  const { grade: least, rule } = effectGrades[offended];
  return [{ path, reason: 'GRADE_TOO_LOW', rule, params: { least } }];
}

/** The grade as said, else the usual one of the category, raised to what the effects make of it. */
export const gradeOf = (
  said: ComplaintGrade | null | undefined,
  usual: ComplaintGrade,
  effects: readonly ComplaintEffect[],
): ComplaintGrade => said ?? higher(usual, leastGrade(effects));

type Regrading = {
  grade: ComplaintGrade;
  effects: readonly ComplaintEffect[];
  /** Whether the actor may put it under a lower grade. */
  mayLower: boolean;
};

/** The complaint under another grade. One that becomes major has to be decided by the director anew (A035). */
export function regrade(complaint: Complaint, { grade, effects, mayLower }: Regrading): Complaint {
  const kept = stay(complaint, 'regradeComplaint');
  refuseAll(gradeViolations(grade, effects));
  const path = 'input.grade';
  if (grade === complaint.grade) throw new DomainError('BAD_USER_INPUT', 'NOTHING_CHANGED', { path, rule: 'A095' });
  if (isBelow(grade, complaint.grade) && !mayLower) {
    throw new DomainError('FORBIDDEN', 'GRADE_LOWERING_DENIED', { path, rule: 'A095' });
  }
  return { ...kept, grade, effects: [...effects], decidedAt: grade === 'MAJOR' ? null : complaint.decidedAt };
}

export const hasAuthority = (holder: readonly string[], roles: readonly string[]): boolean =>
  holder.some((role) => roles.includes(role));
