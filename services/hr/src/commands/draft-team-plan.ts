import { DomainError, newId, refuseAll, startOfLocalDay } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { teamPlanEvents, type EventDefinition } from '@steward/events';
import {
  authorize,
  cancelDeadlines,
  insertAndTell,
  lockAggregate,
  lockAuthorized,
  lockNaturalKeys,
  managedCommunity,
  nextNumber,
  notify,
  resolvePolicy,
  saveAndTell,
  seal,
  startDeadline,
  zoneOf,
} from '@steward/service-kit';

import { teamAggregate } from '../db/aggregates.ts';
import { teamPlanAggregate } from '../db/conduct-aggregates.ts';
import { hasPlan, insertGoals, partsOfPlan, setGoalResult, type PlanParts } from '../db/team-plan-queries.ts';
import { planFact } from '../domain/conduct-facts.ts';
import { conductPolicy, conductPrefixes } from '../domain/conduct-policy.ts';
import type { TeamPlan, TeamPlanGoal } from '../domain/conduct.ts';
import { moveBy, requireReason, type DutyAction } from '../domain/duty-transition-rules.ts';
import { planViolations } from '../domain/team-plan-rules.ts';
import type {
  DraftTeamPlanInput,
  RecordTeamPlanProgressInput,
  StartTeamPlanInput,
  WithdrawTeamPlanInput,
} from '../graphql/generated.ts';
import { requireStaffHere } from './open-staff-check.ts';

const rule = 'B008';

export const evaluationClock = 'EVALUATION';

/** A plan with its goals, each with whoever answers for it (B008). */
export async function draftTeamPlan(tx: Tx, input: DraftTeamPlanInput): Promise<{ id: string }> {
  const { teamId, startsOn, endsOn } = input;
  const team = await lockAggregate(tx, teamAggregate, teamId);
  const { communityId } = team;
  await authorize(tx, { communityId });
  const community = await managedCommunity(tx, communityId);
  refuseAll(planViolations(input, input.goals));
  for (const [index, { responsibleId }] of input.goals.entries()) {
    await requireStaffHere(tx, community, responsibleId, `input.goals.${index}.responsibleId`);
  }
  await lockNaturalKeys(tx, `team-plan/${teamId}`);
  if (await hasPlan(tx, teamId, startsOn, endsOn)) throw new DomainError('CONFLICT', 'PLAN_OVERLAPS', { rule });
  const number = await nextNumber(tx, communityId, conductPrefixes.plan, community.timeZone);
  const identity = { id: newId(), communityId, number, teamId, startsOn, endsOn };
  const { tenantId } = txScope(tx);
  const goals: TeamPlanGoal[] = input.goals.map(({ text, dueOn, responsibleId }, index) => ({
    id: newId(),
    tenantId,
    planId: identity.id,
    position: index + 1,
    textSealed: seal(tx, text.trim()),
    dueOn,
    responsibleId,
    isAchieved: null,
    resultSealed: null,
  }));
  const fresh = { ...identity, status: 'DRAFT' as const, evaluationSealed: null };
  const told = [teamPlanEvents.drafted, (row: TeamPlan) => planFact(row, { goals, measures: [] })] as const;
  const { id } = await insertAndTell(tx, teamPlanAggregate, fresh, { action: 'draftTeamPlan', rule }, told);
  await insertGoals(tx, goals);
  return { id };
}

type PlanFact = ReturnType<typeof planFact>;
export type PlanStep = {
  action: DutyAction;
  status: TeamPlan['status'];
  fact: EventDefinition<PlanFact>;
  changes?: Partial<TeamPlan>;
  reason?: string;
};

/** Moves a plan and tells of it with its goals and measures as they then are. */
export async function stepPlan(
  tx: Tx,
  plan: TeamPlan,
  parts: PlanParts,
  { action, status, fact, changes, reason }: PlanStep,
): Promise<TeamPlan> {
  const after = { ...moveBy(plan, action, status), ...changes };
  const note = { action, rule, ...(reason === undefined ? {} : { reason }) };
  return saveAndTell(tx, teamPlanAggregate, { before: plan, after, note }, [fact, (row) => planFact(row, parts)]);
}

/** The leader puts a plan in force; some days after its end it has to be evaluated. */
export async function startTeamPlan(tx: Tx, input: StartTeamPlanInput): Promise<{ id: string }> {
  const plan = await lockAuthorized(tx, teamPlanAggregate, input);
  const parts = await partsOfPlan(tx, plan.id);
  const fact = teamPlanEvents.started;
  const saved = await stepPlan(tx, plan, parts, { action: 'startTeamPlan', status: 'RUNNING', fact });
  const { communityId, number, id: aggregateId, endsOn } = saved;
  const zone = await zoneOf(tx, communityId);
  const { evaluationDays } = await resolvePolicy(tx, conductPolicy, communityId);
  const dueAt = new Date(startOfLocalDay(endsOn, zone).getTime() + evaluationDays * 86_400_000);
  const escalations = [
    { afterShare: 1, to: { role: 'supervisor' } as const },
    { afterShare: 2, to: { role: 'director' } as const },
  ];
  const clock = { kind: evaluationClock, rule, span: { dueAt }, escalations };
  await startDeadline(tx, teamPlanAggregate, saved, clock, { zone });
  for (const staffId of new Set(parts.goals.map(({ responsibleId }) => responsibleId))) {
    await notify(tx, { communityId, to: { staffId }, template: 'teamPlanStarted', params: { number }, aggregateId });
  }
  return { id: saved.id };
}

/** Whether a goal was reached, in writing; as often as it changes. */
export async function recordTeamPlanProgress(tx: Tx, input: RecordTeamPlanProgressInput): Promise<{ id: string }> {
  const { goalId, isAchieved } = input;
  const plan = await lockAuthorized(tx, teamPlanAggregate, input);
  const { goals, measures } = await partsOfPlan(tx, plan.id);
  if (!goals.some(({ id }) => id === goalId))
    throw new DomainError('BAD_USER_INPUT', 'PLAN_GOAL_UNKNOWN', { path: 'input.goalId', rule });
  const result = input.result.trim();
  if (result === '') throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path: 'input.result', rule });
  const parts = { goals: goals.map((goal) => (goal.id === goalId ? { ...goal, isAchieved } : goal)), measures };
  const fact = teamPlanEvents.progressed;
  const saved = await stepPlan(tx, plan, parts, { action: 'recordTeamPlanProgress', status: 'RUNNING', fact });
  await setGoalResult(tx, goalId, { isAchieved, resultSealed: seal(tx, result) });
  return { id: saved.id };
}

export async function withdrawTeamPlan(tx: Tx, input: WithdrawTeamPlanInput): Promise<{ id: string }> {
  const plan = await lockAuthorized(tx, teamPlanAggregate, input);
  const reason = requireReason(input.reason);
  const parts = await partsOfPlan(tx, plan.id);
  const fact = teamPlanEvents.withdrawn;
  const saved = await stepPlan(tx, plan, parts, { action: 'withdrawTeamPlan', status: 'WITHDRAWN', fact, reason });
  await cancelDeadlines(tx, saved);
  return { id: saved.id };
}
