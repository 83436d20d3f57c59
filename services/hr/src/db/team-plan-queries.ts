import { rows, type Tx } from '@steward/db';

import type { TeamPlanGoal, TeamPlanMeasure } from '../domain/conduct.ts';
import { teamPlanGoalEntity, teamPlanMeasureEntity } from './conduct-entities.ts';

export type PlanParts = { goals: TeamPlanGoal[]; measures: TeamPlanMeasure[] };

/** The goals and measures of a plan, in two statements. */
export async function partsOfPlan(tx: Tx, planId: string): Promise<PlanParts> {
  const goals = await tx
    .createQueryBuilder(teamPlanGoalEntity, 'g')
    .where('g.planId = :planId', { planId })
    .orderBy('g.position')
    .getMany();
  const measures = await tx
    .createQueryBuilder(teamPlanMeasureEntity, 'm')
    .where('m.planId = :planId', { planId })
    .orderBy('m.dueOn')
    .addOrderBy('m.id')
    .getMany();
  return { goals, measures };
}

export async function insertGoals(tx: Tx, goals: readonly TeamPlanGoal[]): Promise<void> {
  await tx
    .createQueryBuilder()
    .insert()
    .into(teamPlanGoalEntity)
    .values([...goals])
    .updateEntity(false)
    .execute();
}

export async function insertMeasures(tx: Tx, measures: readonly TeamPlanMeasure[]): Promise<void> {
  if (measures.length === 0) return;
  await tx
    .createQueryBuilder()
    .insert()
    .into(teamPlanMeasureEntity)
    .values([...measures])
    .updateEntity(false)
    .execute();
}

export async function setGoalResult(
  tx: Tx,
  id: string,
  result: Pick<TeamPlanGoal, 'isAchieved' | 'resultSealed'>,
): Promise<void> {
  await tx.update(teamPlanGoalEntity, { id }, result);
}

export async function setMeasureDone(
  tx: Tx,
  id: string,
  done: Pick<TeamPlanMeasure, 'completedAt' | 'effectSealed'>,
): Promise<void> {
  await tx.update(teamPlanMeasureEntity, { id }, done);
}

/** Whether a plan of the team holds on one of the days. */
export async function hasPlan(tx: Tx, teamId: string, startsOn: string, endsOn: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from team_plan where team_id = $1 and status <> 'WITHDRAWN' and starts_on < $3 and ends_on > $2 limit 1`,
    [teamId, startsOn, endsOn],
  );
  return found.length > 0;
}

export const goalsOfPlans = `
  select id, tenant_id as "tenantId", plan_id as "planId", position, text_sealed as "textSealed", due_on::text as "dueOn",
         responsible_id as "responsibleId", is_achieved as "isAchieved", result_sealed as "resultSealed"
    from team_plan_goal where plan_id = any($1::uuid[]) order by position`;

export const measuresOfPlans = `
  select id, tenant_id as "tenantId", plan_id as "planId", goal_id as "goalId", kind, text_sealed as "textSealed",
         due_on::text as "dueOn", responsible_id as "responsibleId", completed_at as "completedAt",
         effect_sealed as "effectSealed"
    from team_plan_measure where plan_id = any($1::uuid[]) order by due_on, id`;
