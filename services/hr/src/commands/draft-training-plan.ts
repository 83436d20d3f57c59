import { DomainError, localDate, newId, refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { trainingPlanEvents, trainingQuotaEvents, type EventDefinition } from '@steward/events';
import {
  authorize,
  insertAndTell,
  lockAggregate,
  lockAuthorized,
  lockNaturalKeys,
  meetDeadline,
  nextNumber,
  notify,
  resolvePolicy,
  saveAndTell,
  zoneOf,
} from '@steward/service-kit';

import { trainingPlanAggregate, trainingQuotaAggregate } from '../db/training-aggregates.ts';
import { findQuota, hasPlan } from '../db/training-queries.ts';
import { requireChecker } from '../domain/document-rules.ts';
import { moveBy, requireReason, type DutyAction } from '../domain/duty-transition-rules.ts';
import { planFact, quotaFact } from '../domain/training-facts.ts';
import { trainingPolicy, trainingPrefixes } from '../domain/training-policy.ts';
import { entryViolations, planShortcomings, sessionViolations } from '../domain/training-rules.ts';
import type { TrainingPlan, TrainingPlanEntry } from '../domain/training.ts';
import type {
  ApproveTrainingPlanInput,
  DraftTrainingPlanInput,
  ReturnTrainingPlanInput,
  SetTrainingPlanEntriesInput,
  SubmitTrainingPlanInput,
  TrainingPlanEntryInput,
  WithdrawTrainingPlanInput,
} from '../graphql/generated.ts';
import { planSessions } from './plan-training-session.ts';
import { daysOfMonth, weeksOf } from './training-calendar.ts';
import { departmentCode, departmentNamed, documentViolation, strangers, zoneOfManaged } from './training-context.ts';

/** Sessions as a client wants them, checked together (A217). */
async function entriesOf(
  tx: Tx,
  inputs: readonly TrainingPlanEntryInput[],
  month: string,
  zone: string,
): Promise<TrainingPlanEntry[]> {
  const paths = inputs.map((_, index) => `input.entries.${index}`);
  const violations: Violation[] = [
    ...entryViolations(
      inputs.map(({ startsAt }) => ({ startsOn: localDate(startsAt, zone) })),
      month,
    ),
    ...inputs.flatMap((entry, index) => sessionViolations(entry, paths[index] ?? '')),
    ...(await strangers(
      tx,
      inputs.map(({ trainerId }, index) => ({ staffId: trainerId, path: `${paths[index]}.trainerId` })),
    )),
  ];
  for (const [index, entry] of inputs.entries())
    violations.push(...(await documentViolation(tx, entry, `${paths[index]}.documentId`)));
  refuseAll(violations);
  return inputs.map(({ kind, topic, topicCodes, documentId = null, trainerId, startsAt, endsAt }) => ({
    kind,
    topic: topic.trim(),
    topicCodes: [...topicCodes],
    documentId,
    trainerId,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  }));
}

export async function draftTrainingPlan(tx: Tx, input: DraftTrainingPlanInput): Promise<{ id: string }> {
  const { communityId, month } = input;
  await authorize(tx, { communityId });
  const zone = await zoneOfManaged(tx, communityId);
  const { id: departmentId } = await departmentNamed(tx, input.departmentCode);
  if (daysOfMonth(month).endsOn <= localDate(txScope(tx).now, zone))
    throw new DomainError('BAD_USER_INPUT', 'IN_THE_PAST', { path: 'input.month' });
  const entries = await entriesOf(tx, input.entries, month, zone);
  await lockNaturalKeys(tx, `training-plan/${communityId}/${departmentId}`);
  if (await hasPlan(tx, communityId, departmentId, month))
    throw new DomainError('CONFLICT', 'PLAN_EXISTS', { rule: 'A217', path: 'input.month' });
  const number = await nextNumber(tx, communityId, trainingPrefixes.plan, zone);
  const open = { status: 'DRAFT' as const, submittedBy: null, approvedAt: null };
  const fresh = { id: newId(), communityId, number, departmentId, month, entries, ...open };
  const note = { action: 'draftTrainingPlan', rule: 'A217' };
  const told = [trainingPlanEvents.drafted, planFact] as const;
  return { id: (await insertAndTell(tx, trainingPlanAggregate, fresh, note, told)).id };
}

type Step = {
  action: DutyAction;
  status: TrainingPlan['status'];
  fact: EventDefinition<ReturnType<typeof planFact>>;
  rule: string;
  reason?: string;
  changes?: Partial<TrainingPlan>;
};

async function step(tx: Tx, plan: TrainingPlan, { action, status, fact, rule, reason, changes }: Step) {
  const after = { ...moveBy(plan, action, status), ...changes };
  const note = { action, rule, ...(reason === undefined ? {} : { reason }) };
  return saveAndTell(tx, trainingPlanAggregate, { before: plan, after, note }, [fact, planFact]);
}

/** Tells the director, or whoever leads the plan's department. */
async function tell(tx: Tx, plan: TrainingPlan, role: 'director' | 'supervisor', template: string): Promise<void> {
  const { communityId, id: aggregateId, number, month } = plan;
  const department = role === 'supervisor' ? await departmentCode(tx, plan.departmentId) : {};
  await notify(tx, { communityId, to: { role, ...department }, template, params: { number, month }, aggregateId });
}

export async function setTrainingPlanEntries(tx: Tx, input: SetTrainingPlanEntriesInput): Promise<{ id: string }> {
  const plan = await lockAuthorized(tx, trainingPlanAggregate, input);
  const entries = await entriesOf(tx, input.entries, plan.month, await zoneOf(tx, plan.communityId));
  const fact = trainingPlanEvents.changed;
  const action = 'setTrainingPlanEntries';
  return { id: (await step(tx, plan, { action, status: 'DRAFT', fact, rule: 'A217', changes: { entries } })).id };
}

/** Refused while a week of the month has too little training, or the month no intensive session (A241, A243). */
export async function submitTrainingPlan(tx: Tx, input: SubmitTrainingPlanInput): Promise<{ id: string }> {
  const { actor, now } = txScope(tx);
  const plan = await lockAuthorized(tx, trainingPlanAggregate, input);
  const zone = await zoneOf(tx, plan.communityId);
  const changes = { submittedBy: actor.sub };
  const fact = trainingPlanEvents.submitted;
  const step1 = { action: 'submitTrainingPlan', status: 'SUBMITTED', fact, rule: 'A217', changes } as const;
  const saved = await step(tx, plan, step1);
  // Weeks that are over by now are no longer planned for.
  const weeks = weeksOf(plan.month).filter(({ endsOn }) => endsOn > localDate(now, zone));
  const entries = plan.entries.map(({ kind, startsAt }) => ({ kind, startsOn: localDate(new Date(startsAt), zone) }));
  refuseAll(planShortcomings(entries, weeks, await resolvePolicy(tx, trainingPolicy, plan.communityId)));
  await tell(tx, saved, 'director', 'trainingPlanSubmitted');
  return { id: saved.id };
}

export async function returnTrainingPlan(tx: Tx, input: ReturnTrainingPlanInput): Promise<{ id: string }> {
  const plan = await lockAuthorized(tx, trainingPlanAggregate, input);
  const reason = requireReason(input.reason);
  const changes = { submittedBy: null };
  const fact = trainingPlanEvents.returned;
  const told = { action: 'returnTrainingPlan', status: 'DRAFT', fact, rule: 'A256', reason, changes } as const;
  const saved = await step(tx, plan, told);
  await tell(tx, saved, 'supervisor', 'trainingPlanReturned');
  return { id: saved.id };
}

/** The director's approval: its sessions are fixed, and the department no longer owes a plan of the month (A256). */
export async function approveTrainingPlan(tx: Tx, input: ApproveTrainingPlanInput): Promise<{ id: string }> {
  const { actor, now: approvedAt } = txScope(tx);
  const plan = await lockAuthorized(tx, trainingPlanAggregate, input);
  requireChecker(plan.submittedBy, actor.sub, 'A256');
  const fact = trainingPlanEvents.approved;
  const changes = { approvedAt };
  const told = { action: 'approveTrainingPlan', status: 'APPROVED', fact, rule: 'A256', changes } as const;
  const saved = await step(tx, plan, told);
  await planSessions(tx, saved, await zoneOf(tx, plan.communityId));
  await endPlanClock(tx, saved);
  await tell(tx, saved, 'supervisor', 'trainingPlanApproved');
  return { id: saved.id };
}

async function endPlanClock(tx: Tx, { communityId, departmentId, month }: TrainingPlan): Promise<void> {
  const { startsOn } = daysOfMonth(month);
  const found = await findQuota(tx, { communityId, departmentId, period: 'MONTH', startsOn });
  if (found === null) return;
  const quota = await lockAggregate(tx, trainingQuotaAggregate, found.id);
  const note = { action: 'approveTrainingPlan', rule: 'A243' };
  const told = [trainingQuotaEvents.planned, quotaFact] as const;
  const saved = await saveAndTell(tx, trainingQuotaAggregate, { before: quota, after: quota, note }, told);
  await meetDeadline(tx, saved, 'TRAINING_PLAN');
}

export async function withdrawTrainingPlan(tx: Tx, input: WithdrawTrainingPlanInput): Promise<{ id: string }> {
  const plan = await lockAuthorized(tx, trainingPlanAggregate, input);
  const reason = requireReason(input.reason);
  const fact = trainingPlanEvents.withdrawn;
  const told = { action: 'withdrawTrainingPlan', status: 'WITHDRAWN', fact, rule: 'A217', reason } as const;
  return { id: (await step(tx, plan, told)).id };
}
