import { addDays, localDate, startOfLocalDay } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { activityPlanSubmitted } from '@steward/events';
import { lockAuthorized, openItems, requestApproval, saveAndTell, zoneOf } from '@steward/service-kit';

import { activityAggregate } from '../db/aggregates.ts';
import { planFields, procedureChecklist } from '../domain/activity-policy.ts';
import { approverOf, requireComplete } from '../domain/plan-rules.ts';
import { moveTo } from '../domain/transition-rules.ts';
import type { SubmitActivityPlanInput } from '../graphql/generated.ts';
import { activityValues } from './figures.ts';

export async function submitActivityPlan(tx: Tx, input: SubmitActivityPlanInput): Promise<{ id: string }> {
  const activity = await lockAuthorized(tx, activityAggregate, input);
  const submitted = moveTo(activity, 'submitActivityPlan', 'SUBMITTED');
  const { communityId } = activity;
  const [figures, zone] = [await activityValues(tx, communityId), await zoneOf(tx, communityId)];
  const { now } = txScope(tx);
  const earliestStart = startOfLocalDay(addDays(localDate(now, zone), figures.planLeadDays), zone);
  const openProcedures = (await openItems(tx, activity.id, procedureChecklist)).map(({ code }) => code);
  requireComplete(activity, { fields: planFields, figures, earliestStart, openProcedures });
  const role = approverOf(activity.budgetAmount ?? 0, figures);
  const asked = { kind: 'ACTIVITY_PLAN', role, rule: 'A105' };
  const approvalId = await requestApproval(tx, activityAggregate, activity, asked);
  const data = { activityId: activity.id, approvalId, approverRole: role };
  const note = { action: 'submitActivityPlan', rule: 'A105' };
  await saveAndTell(tx, activityAggregate, { before: activity, after: { ...submitted, approvalId }, note }, [
    activityPlanSubmitted,
    () => data,
  ]);
  return { id: activity.id };
}
