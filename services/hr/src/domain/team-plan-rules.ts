import { DomainError, refuseAll, type Violation } from '@steward/core';

import { conductLimits, measuresOfMissedGoal } from './conduct-policy.ts';
import type { TeamPlanGoal, TeamPlanMeasure, TeamPlanMeasureKind } from './conduct.ts';

type Days = { startsOn: string; endsOn: string };
type GoalTerms = { text: string; dueOn: string };

/** What is wrong with a plan as it is set. */
export function planViolations({ startsOn, endsOn }: Days, goals: readonly GoalTerms[]): Violation[] {
  const { value: most } = conductLimits.goals;
  const violations: Violation[] = [];
  if (endsOn <= startsOn) violations.push({ path: 'input.endsOn', reason: 'RANGE_EMPTY' });
  if (goals.length < 1 || goals.length > most)
    violations.push({ path: 'input.goals', reason: 'TOO_MANY_ROWS', params: { most } });
  goals.forEach(({ text, dueOn }, index) => {
    const path = `input.goals.${index}`;
    if (text.trim() === '') violations.push({ path: `${path}.text`, reason: 'TEXT_REQUIRED', rule: 'B008' });
    if (dueOn < startsOn || dueOn >= endsOn) violations.push({ path: `${path}.dueOn`, reason: 'PLAN_GOAL_OUTSIDE' });
  });
  return violations;
}

type MeasureTerms = { goalId: string; kind: TeamPlanMeasureKind; text: string; dueOn: string };
type Goal = Pick<TeamPlanGoal, 'id' | 'position' | 'isAchieved'>;

/**
 * A plan is evaluated when every goal is judged, in writing, and every goal that was missed has a corrective and a
 * preventive measure (B008); everything that is missing at once.
 */
export function requireEvaluation(
  goals: readonly Goal[],
  measures: readonly MeasureTerms[],
  { evaluation, today }: { evaluation: string; today: string },
): void {
  const { kinds, rule } = measuresOfMissedGoal;
  const violations: Violation[] = [];
  if (evaluation.trim() === '') violations.push({ path: 'input.evaluation', reason: 'TEXT_REQUIRED', rule });
  for (const { id, position, isAchieved } of goals) {
    if (isAchieved === null) violations.push({ reason: 'PLAN_GOAL_UNJUDGED', rule, params: { position } });
    if (isAchieved !== false) continue;
    for (const kind of kinds) {
      if (measures.some((one) => one.goalId === id && one.kind === kind)) continue;
      violations.push({ path: 'input.measures', reason: 'PLAN_MEASURE_MISSING', rule, params: { position, kind } });
    }
  }
  measures.forEach(({ goalId, text, dueOn }, index) => {
    const path = `input.measures.${index}`;
    if (!goals.some(({ id }) => id === goalId))
      violations.push({ path: `${path}.goalId`, reason: 'PLAN_GOAL_UNKNOWN' });
    if (text.trim() === '') violations.push({ path: `${path}.text`, reason: 'TEXT_REQUIRED', rule });
    if (dueOn < today) violations.push({ path: `${path}.dueOn`, reason: 'IN_THE_PAST' });
  });
  refuseAll(violations);
}

/** A plan is closed when its last measure is carried out. */
export function requireMeasuresDone(measures: readonly Pick<TeamPlanMeasure, 'completedAt'>[]): void {
  const count = measures.filter(({ completedAt }) => completedAt === null).length;
  if (count > 0) throw new DomainError('CONFLICT', 'PLAN_MEASURE_OPEN', { rule: 'B008', params: { count } });
}
