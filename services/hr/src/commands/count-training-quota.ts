import { newId, startOfLocalDay } from '@steward/core';
import type { Tx } from '@steward/db';
import { trainingQuotaEvents } from '@steward/events';
import {
  insertAndTell,
  lockAggregate,
  meetDeadline,
  nextNumber,
  resolvePolicy,
  saveAndTell,
  startDeadline,
  type Aggregate,
} from '@steward/service-kit';

import { trainingQuotaAggregate } from '../db/training-aggregates.ts';
import { countHeldSessions, findQuota, isPlanApproved, overdueQuotas, quotasOn } from '../db/training-queries.ts';
import { quotaFact } from '../domain/training-facts.ts';
import { trainingPolicy, trainingPrefixes } from '../domain/training-policy.ts';
import { countHeld } from '../domain/training-rules.ts';
import type { TrainingQuota, TrainingSession } from '../domain/training.ts';
import { departmentCode } from './training-context.ts';

type Terms = Pick<
  TrainingQuota,
  'communityId' | 'departmentId' | 'period' | 'kind' | 'startsOn' | 'endsOn' | 'neededCount'
>;

const clocks = {
  WEEK: { kind: 'WEEKLY_TRAINING', rule: 'A241' },
  MONTH: { kind: 'MONTHLY_TRAINING', rule: 'A243' },
} as const;

/** What a department owes in a week or month, with the clock of it; once. */
export async function openQuota(tx: Tx, terms: Terms, zone: string): Promise<TrainingQuota | null> {
  if ((await findQuota(tx, terms)) !== null) return null;
  const number = await nextNumber(tx, terms.communityId, trainingPrefixes.quota, zone);
  const fresh = { id: newId(), number, ...terms, heldCount: 0, status: 'OPEN' as const };
  const { kind, rule } = clocks[terms.period];
  const note = { action: 'openTrainingQuota', rule };
  const told = [trainingQuotaEvents.opened, quotaFact] as const;
  const quota = await insertAndTell(tx, trainingQuotaAggregate, fresh, note, told);
  const startedAt = startOfLocalDay(quota.startsOn, zone);
  await startQuotaClock(tx, quota, { kind, rule, startedAt, dueAt: startOfLocalDay(quota.endsOn, zone) }, zone);
  return quota;
}

/** From the first day of the month before on a department owes the plan of a month (A243). */
export async function startPlanClock(tx: Tx, quota: TrainingQuota, from: string, zone: string): Promise<void> {
  const { communityId, departmentId, startsOn } = quota;
  if (await isPlanApproved(tx, communityId, departmentId, startsOn.slice(0, 7))) return;
  const times = { startedAt: startOfLocalDay(from, zone), dueAt: startOfLocalDay(startsOn, zone) };
  await startQuotaClock(tx, quota, { kind: 'TRAINING_PLAN', rule: 'A243', ...times }, zone);
}

type Clock = { kind: string; rule: string; startedAt: Date; dueAt: Date };

async function startQuotaClock(
  tx: Tx,
  quota: TrainingQuota,
  { startedAt, dueAt, ...clock }: Clock,
  zone: string,
): Promise<void> {
  const { reminderPercent } = await resolvePolicy(tx, trainingPolicy, quota.communityId);
  const leader = { role: 'supervisor' as const, ...(await departmentCode(tx, quota.departmentId)) };
  const escalations = [
    { afterShare: 1, to: leader },
    { afterShare: 1, to: { role: 'director' as const } },
  ];
  const spec = { ...clock, span: { dueAt }, warnShare: reminderPercent / 100, warnTo: leader, escalations };
  const aggregate: Aggregate<TrainingQuota> = trainingQuotaAggregate;
  await startDeadline(tx, aggregate, quota, spec, { zone, startedAt });
}

/** Counts a session that was held in the week or month that it lies in. */
export async function countSession(tx: Tx, session: TrainingSession): Promise<void> {
  const { communityId, departmentId, kind, startsOn, startsAt, teamId } = session;
  if (teamId !== null) return;
  for (const id of await quotasOn(tx, communityId, departmentId, kind, startsOn)) {
    const quota = await lockAggregate(tx, trainingQuotaAggregate, id);
    const counted = countHeld(quota, await countHeldSessions(tx, quota));
    const { kind: clock, rule } = clocks[quota.period];
    const isMetNow = counted.status === 'MET' && quota.status !== 'MET';
    const fact = isMetNow ? trainingQuotaEvents.met : trainingQuotaEvents.counted;
    const note = { action: 'holdTrainingSession', rule };
    const saved = await saveAndTell(tx, trainingQuotaAggregate, { before: quota, after: counted, note }, [
      fact,
      quotaFact,
    ]);
    if (isMetNow) await meetDeadline(tx, saved, clock, startsAt);
  }
}

/** Weeks and months that are over with less than was owed. */
export async function closeQuotas(tx: Tx, communityId: string, day: string): Promise<void> {
  for (const id of await overdueQuotas(tx, communityId, day)) {
    const quota = await lockAggregate(tx, trainingQuotaAggregate, id);
    if (quota.status !== 'OPEN') continue;
    const note = { action: 'closeTrainingQuota', rule: clocks[quota.period].rule };
    const told = [trainingQuotaEvents.short, quotaFact] as const;
    await saveAndTell(tx, trainingQuotaAggregate, { before: quota, after: { ...quota, status: 'SHORT' }, note }, told);
  }
}
