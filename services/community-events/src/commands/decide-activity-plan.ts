import { txScope, type Tx } from '@steward/db';
import { activityApproved, activityPlanReturned } from '@steward/events';
import {
  decideApproval,
  lockByMatrix,
  notify,
  saveAndTell,
  schedule,
  startDeadline,
  zoneOf,
} from '@steward/service-kit';

import { activityAggregate } from '../db/aggregates.ts';
import { planFact } from '../domain/activity-facts.ts';
import { planAct } from '../domain/activity-policy.ts';
import type { Activity } from '../domain/activity.ts';
import { reminderAt, setUpClock } from '../domain/deadline-rules.ts';
import { moveTo } from '../domain/transition-rules.ts';
import type { DecideActivityPlanInput } from '../graphql/generated.ts';
import { activityValues } from './figures.ts';
import { reminderTimer } from './remind-participants.ts';

export async function decideActivityPlan(tx: Tx, input: DecideActivityPlanInput): Promise<{ id: string }> {
  const { row: activity, held } = await lockByMatrix(tx, activityAggregate, planAct, input);
  const { isApproved } = input;
  const decided = moveTo(activity, 'decideActivityPlan', isApproved ? 'APPROVED' : 'PLANNED');
  const reason = isApproved ? 'APPROVED' : 'REJECTED';
  const matrix = { held, amount: activity.budgetAmount ?? 0 };
  await decideApproval(tx, activity, activity.approvalId ?? '', { approved: isApproved, reason, matrix });
  const note = { action: 'decideActivityPlan', reasonCode: reason, rule: 'A105' };
  if (isApproved) await approve(tx, activity, { ...decided, approvedAt: txScope(tx).now }, note);
  else
    await saveAndTell(tx, activityAggregate, { before: activity, after: decided, note }, [
      activityPlanReturned,
      ({ id }) => ({ activityId: id }),
    ]);
  const { communityId, id, number, organiserId } = activity;
  const template = isApproved ? 'activityApproved' : 'activityReturned';
  await notify(tx, { communityId, to: { staffId: organiserId }, template, params: { number }, aggregateId: id });
  return { id };
}

type Note = { action: string; reasonCode: string; rule: string };

/** From now on the departments prepare (A106), and those who take part are reminded. */
async function approve(tx: Tx, before: Activity, after: Activity, note: Note): Promise<void> {
  const saved = await saveAndTell(tx, activityAggregate, { before, after, note }, [activityApproved, planFact]);
  const { communityId, id: aggregateId, number, startsAt } = saved;
  if (startsAt === null) throw new Error('a plan that was put forward has a time');
  const figures = await activityValues(tx, communityId);
  await startDeadline(tx, activityAggregate, saved, setUpClock(startsAt, figures), {
    zone: await zoneOf(tx, communityId),
  });
  const dueAt = reminderAt(startsAt, figures);
  await schedule(tx, { kind: reminderTimer, aggregateId, communityId, dueAt });
  for (const departmentCode of saved.departmentCodes) {
    const to = { role: 'supervisor' as const, departmentCode };
    await notify(tx, { communityId, to, template: 'activityToPrepare', params: { number }, aggregateId });
  }
}
