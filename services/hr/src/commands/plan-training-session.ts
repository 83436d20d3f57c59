import { DomainError, localDate, newId, refuseAll, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { trainingSessionEvents } from '@steward/events';
import {
  authorize,
  insertAggregates,
  insertAndTell,
  lockAuthorized,
  nextNumber,
  nextNumbers,
  notify,
  publish,
  saveAndTell,
  zoneOf,
} from '@steward/service-kit';

import { trainingSessionAggregate } from '../db/training-aggregates.ts';
import { moveBy, requireReason } from '../domain/duty-transition-rules.ts';
import { sessionFact } from '../domain/training-facts.ts';
import { trainingPrefixes } from '../domain/training-policy.ts';
import { sessionViolations } from '../domain/training-rules.ts';
import type { TrainingPlan, TrainingSession } from '../domain/training.ts';
import type {
  CancelTrainingSessionInput,
  PlanTrainingSessionInput,
  RescheduleTrainingSessionInput,
} from '../graphql/generated.ts';
import { departmentNamed, documentViolation, strangers, teamNamed, zoneOfManaged } from './training-context.ts';

const nothingYet = { status: 'PLANNED' as const, passMark: null, presentCount: 0 };

/** The sessions of a plan that was approved. */
export async function planSessions(tx: Tx, plan: TrainingPlan, zone: string): Promise<void> {
  const { id: planId, communityId, departmentId, entries } = plan;
  const count = entries.length;
  if (count === 0) return;
  const numbers = await nextNumbers(tx, { communityId, prefix: trainingPrefixes.session, zone, count });
  const fresh = entries.map(({ startsAt, endsAt, ...terms }, index) => ({
    id: newId(),
    communityId,
    number: numbers[index] ?? '',
    planId,
    departmentId,
    teamId: null,
    ...terms,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    startsOn: localDate(new Date(startsAt), zone),
    ...nothingYet,
  }));
  const note = { action: 'approveTrainingPlan', rule: 'A217' };
  for (const session of await insertAggregates(tx, trainingSessionAggregate, fresh, note)) {
    publish(tx, session, trainingSessionEvents.planned, sessionFact(session));
    await tellTrainer(tx, session, 'trainingSessionPlanned');
  }
}

async function tellTrainer(tx: Tx, session: TrainingSession, template: string): Promise<void> {
  const { communityId, trainerId: staffId, number, startsAt, id: aggregateId } = session;
  const params = { number, startsAt: startsAt.toISOString() };
  await notify(tx, { communityId, to: { staffId }, template, params, aggregateId });
}

/** A session besides those of the month's plan: of a department or one of its teams (A217, B009). */
export async function planTrainingSession(tx: Tx, input: PlanTrainingSessionInput): Promise<{ id: string }> {
  const { communityId, kind, documentId = null, trainerId, startsAt, endsAt } = input;
  await authorize(tx, { communityId });
  const zone = await zoneOfManaged(tx, communityId);
  const { id: departmentId } = await departmentNamed(tx, input.departmentCode);
  const team = await teamNamed(tx, communityId, input.teamId);
  const violations: Violation[] = [
    ...sessionViolations(input, 'input'),
    ...(await strangers(tx, [{ staffId: trainerId, path: 'input.trainerId' }])),
    ...(await documentViolation(tx, { kind, documentId }, 'input.documentId')),
  ];
  if (team !== null && team.departmentId !== departmentId)
    violations.push({ path: 'input.teamId', reason: 'TEAM_OF_OTHER_DEPARTMENT' });
  refuseAll(violations);
  const number = await nextNumber(tx, communityId, trainingPrefixes.session, zone);
  const about = { kind, topic: input.topic.trim(), topicCodes: [...input.topicCodes], documentId, trainerId };
  const times = { startsAt, endsAt, startsOn: localDate(startsAt, zone) };
  const where = { communityId, planId: null, departmentId, teamId: team?.id ?? null };
  const fresh = { id: newId(), number, ...where, ...about, ...times, ...nothingYet };
  const note = { action: 'planTrainingSession', rule: team === null ? 'A217' : 'B009' };
  const told = [trainingSessionEvents.planned, sessionFact] as const;
  const session = await insertAndTell(tx, trainingSessionAggregate, fresh, note, told);
  await tellTrainer(tx, session, 'trainingSessionPlanned');
  return { id: session.id };
}

export async function rescheduleTrainingSession(
  tx: Tx,
  input: RescheduleTrainingSessionInput,
): Promise<{ id: string }> {
  const session = await lockAuthorized(tx, trainingSessionAggregate, input);
  const { startsAt, endsAt } = input;
  const moved = moveBy(session, 'rescheduleTrainingSession', 'PLANNED');
  if (endsAt <= startsAt) throw new DomainError('BAD_USER_INPUT', 'RANGE_EMPTY', { path: 'input.endsAt' });
  const startsOn = localDate(startsAt, await zoneOf(tx, session.communityId));
  const note = { action: 'rescheduleTrainingSession', rule: 'A217', reason: requireReason(input.reason) };
  const told = [trainingSessionEvents.rescheduled, sessionFact] as const;
  const after = { ...moved, startsAt, endsAt, startsOn };
  const saved = await saveAndTell(tx, trainingSessionAggregate, { before: session, after, note }, told);
  await tellTrainer(tx, saved, 'trainingSessionRescheduled');
  return { id: saved.id };
}

export async function cancelTrainingSession(tx: Tx, input: CancelTrainingSessionInput): Promise<{ id: string }> {
  const session = await lockAuthorized(tx, trainingSessionAggregate, input);
  const cancelled = moveBy(session, 'cancelTrainingSession', 'CANCELLED');
  const note = { action: 'cancelTrainingSession', rule: 'A217', reason: requireReason(input.reason) };
  const told = [trainingSessionEvents.cancelled, sessionFact] as const;
  const saved = await saveAndTell(tx, trainingSessionAggregate, { before: session, after: cancelled, note }, told);
  await tellTrainer(tx, saved, 'trainingSessionCancelled');
  const { communityId, number, id: aggregateId } = saved;
  const startsAt = saved.startsAt.toISOString();
  const to = { role: 'supervisor' } as const;
  await notify(tx, {
    communityId,
    to,
    template: 'trainingSessionCancelled',
    params: { number, startsAt },
    aggregateId,
  });
  return { id: saved.id };
}
