import { refuseAll, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { activityCostRecorded } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { insertCost } from '../db/activity-queries.ts';
import { activityAggregate } from '../db/aggregates.ts';
import { stay } from '../domain/transition-rules.ts';
import type { RecordActivityCostInput } from '../graphql/generated.ts';

/** What was spent, beside the budget (A105). Entries are never changed: an amount below zero takes one back. */
export async function recordActivityCost(tx: Tx, input: RecordActivityCostInput): Promise<{ id: string }> {
  const activity = await lockAuthorized(tx, activityAggregate, input);
  const kept = stay(activity, 'recordActivityCost');
  const { amount, purpose } = input;
  const actualAmount = activity.actualAmount + amount;
  const rule = 'A105';
  const violations: Violation[] = [];
  if (amount === 0) violations.push({ path: 'input.amount', reason: 'AMOUNT_REQUIRED', rule });
  if (actualAmount < 0) violations.push({ path: 'input.amount', reason: 'COST_BELOW_ZERO', rule });
  if (purpose.trim() === '') violations.push({ path: 'input.purpose', reason: 'TEXT_REQUIRED', rule });
  refuseAll(violations);
  const cost = await insertCost(tx, activity, { amount, purpose });
  const { currency } = activity;
  const data = {
    activityId: activity.id,
    costId: cost.id,
    cost: { amount, currency },
    actual: { amount: actualAmount, currency },
  };
  const note = { action: 'recordActivityCost', rule };
  await saveAndTell(tx, activityAggregate, { before: activity, after: { ...kept, actualAmount }, note }, [
    activityCostRecorded,
    () => data,
  ]);
  return { id: activity.id };
}
