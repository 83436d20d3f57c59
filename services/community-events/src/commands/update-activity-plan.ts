import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { activityPlanUpdated } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { replacePrizes } from '../db/activity-queries.ts';
import { activityAggregate } from '../db/aggregates.ts';
import { planFact } from '../domain/activity-facts.ts';
import type { Activity } from '../domain/activity.ts';
import { stay } from '../domain/transition-rules.ts';
import type { UpdateActivityPlanInput } from '../graphql/generated.ts';
import { planViolations, prizeViolations } from './plan-activity.ts';
import { bookForActivity } from './settle-venue.ts';

/** Absent keeps, null clears. */
const said = <V>(value: V | null | undefined, before: V | null): V | null => (value === undefined ? before : value);

const words = (text: string | null | undefined, before: string | null): string | null =>
  said(text, before)?.trim() || null;

function changes(activity: Activity, input: UpdateActivityPlanInput): Partial<Activity> {
  const { programme, departmentCodes, prizes } = input;
  return {
    theme: words(input.theme, activity.theme),
    budgetAmount: said(input.budgetAmount, activity.budgetAmount),
    venueId: said(input.venueId, activity.venueId),
    startsAt: said(input.startsAt, activity.startsAt),
    endsAt: said(input.endsAt, activity.endsAt),
    audience: words(input.audience, activity.audience),
    capacity: said(input.capacity, activity.capacity),
    agenda: words(input.agenda, activity.agenda),
    isWithoutPrizes: input.isWithoutPrizes ?? activity.isWithoutPrizes,
    ...(programme == null ? {} : { programme: programme.map((item) => item.trim()).filter((item) => item !== '') }),
    ...(departmentCodes == null ? {} : { departmentCodes: [...new Set(departmentCodes)] }),
    ...(prizes == null ? {} : { prizeCount: prizes.length }),
  };
}

export async function updateActivityPlan(tx: Tx, input: UpdateActivityPlanInput): Promise<{ id: string }> {
  const activity = await lockAuthorized(tx, activityAggregate, input);
  const after = { ...stay(activity, 'updateActivityPlan'), ...changes(activity, input) };
  refuseAll([...(await planViolations(tx, after, activity.id)), ...prizeViolations(input.prizes ?? [])]);
  const note = { action: 'updateActivityPlan', rule: 'A105' };
  const saved = await saveAndTell(tx, activityAggregate, { before: activity, after, note }, [
    activityPlanUpdated,
    planFact,
  ]);
  if (input.prizes != null) await replacePrizes(tx, saved.id, input.prizes);
  await bookForActivity(tx, saved, 'updateActivityPlan');
  return { id: saved.id };
}
