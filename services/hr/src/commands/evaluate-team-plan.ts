import { DomainError, endOfLocalDay, localDate, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { teamPlanEvents } from '@steward/events';
import { lockAuthorized, managedCommunity, meetDeadline, notify, seal, startDeadline } from '@steward/service-kit';

import { teamPlanAggregate } from '../db/conduct-aggregates.ts';
import { insertMeasures, partsOfPlan, setMeasureDone } from '../db/team-plan-queries.ts';
import type { TeamPlan, TeamPlanMeasure } from '../domain/conduct.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { requireEvaluation, requireMeasuresDone } from '../domain/team-plan-rules.ts';
import type { CloseTeamPlanInput, CompleteTeamPlanMeasureInput, EvaluateTeamPlanInput } from '../graphql/generated.ts';
import { evaluationClock, stepPlan } from './draft-team-plan.ts';
import { requireStaffHere } from './open-staff-check.ts';

const rule = 'B008';

const measuresClock = 'MEASURES';

/** Evaluates a plan; what was missed gets corrective and preventive measures, and they have a clock (B008). */
export async function evaluateTeamPlan(tx: Tx, input: EvaluateTeamPlanInput): Promise<{ id: string }> {
  const { now, tenantId } = txScope(tx);
  const terms = input.measures ?? [];
  const plan = await lockAuthorized(tx, teamPlanAggregate, input);
  moveBy(plan, 'evaluateTeamPlan', 'EVALUATED');
  const community = await managedCommunity(tx, plan.communityId);
  const { goals } = await partsOfPlan(tx, plan.id);
  const today = localDate(now, community.timeZone);
  requireEvaluation(goals, terms, { evaluation: input.evaluation, today });
  for (const [index, { responsibleId }] of terms.entries()) {
    await requireStaffHere(tx, community, responsibleId, `input.measures.${index}.responsibleId`);
  }
  const measures: TeamPlanMeasure[] = terms.map(({ goalId, kind, text, dueOn, responsibleId }) => ({
    id: newId(),
    tenantId,
    planId: plan.id,
    goalId,
    kind,
    textSealed: seal(tx, text.trim()),
    dueOn,
    responsibleId,
    completedAt: null,
    effectSealed: null,
  }));
  const changes = { evaluationSealed: seal(tx, input.evaluation.trim()) };
  const fact = teamPlanEvents.evaluated;
  const told = { action: 'evaluateTeamPlan', status: 'EVALUATED', fact, changes } as const;
  const saved = await stepPlan(tx, plan, { goals, measures }, told);
  await insertMeasures(tx, measures);
  await meetDeadline(tx, saved, evaluationClock);
  await startMeasures(tx, saved, measures, community.timeZone);
  return { id: saved.id };
}

/** One clock until the last measure is due; everybody who answers for one is told. */
async function startMeasures(
  tx: Tx,
  plan: TeamPlan,
  measures: readonly TeamPlanMeasure[],
  zone: string,
): Promise<void> {
  const last = measures
    .map(({ dueOn }) => dueOn)
    .sort()
    .at(-1);
  if (last === undefined) return;
  const dueAt = endOfLocalDay(last, zone);
  const escalations = [
    { afterShare: 1, to: { role: 'supervisor' } as const },
    { afterShare: 2, to: { role: 'director' } as const },
  ];
  const clock = { kind: measuresClock, rule, span: { dueAt }, escalations };
  await startDeadline(tx, teamPlanAggregate, plan, clock, { zone });
  const { communityId, number, id: aggregateId } = plan;
  for (const staffId of new Set(measures.map(({ responsibleId }) => responsibleId))) {
    await notify(tx, { communityId, to: { staffId }, template: 'teamPlanMeasure', params: { number }, aggregateId });
  }
}

/** A measure was carried out, with what it did. */
export async function completeTeamPlanMeasure(tx: Tx, input: CompleteTeamPlanMeasureInput): Promise<{ id: string }> {
  const { measureId } = input;
  const plan = await lockAuthorized(tx, teamPlanAggregate, input);
  const { goals, measures } = await partsOfPlan(tx, plan.id);
  const measure = measures.find(({ id }) => id === measureId);
  if (measure === undefined)
    throw new DomainError('BAD_USER_INPUT', 'PLAN_MEASURE_UNKNOWN', { path: 'input.measureId', rule });
  if (measure.completedAt !== null) throw new DomainError('CONFLICT', 'NOTHING_CHANGED', { rule });
  const effect = input.effect.trim();
  if (effect === '') throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path: 'input.effect', rule });
  const { now: completedAt } = txScope(tx);
  const done = measures.map((one) => (one.id === measureId ? { ...one, completedAt } : one));
  const fact = teamPlanEvents.mended;
  const told = { action: 'completeTeamPlanMeasure', status: 'EVALUATED', fact } as const;
  const saved = await stepPlan(tx, plan, { goals, measures: done }, told);
  await setMeasureDone(tx, measureId, { completedAt, effectSealed: seal(tx, effect) });
  if (done.every((one) => one.completedAt !== null)) await meetDeadline(tx, saved, measuresClock);
  return { id: saved.id };
}

export async function closeTeamPlan(tx: Tx, input: CloseTeamPlanInput): Promise<{ id: string }> {
  const plan = await lockAuthorized(tx, teamPlanAggregate, input);
  moveBy(plan, 'closeTeamPlan', 'CLOSED');
  const parts = await partsOfPlan(tx, plan.id);
  requireMeasuresDone(parts.measures);
  const fact = teamPlanEvents.closed;
  return { id: (await stepPlan(tx, plan, parts, { action: 'closeTeamPlan', status: 'CLOSED', fact })).id };
}
