import type { Tx } from '@steward/db';
import { activityDutyConfirmed } from '@steward/events';
import { lockAuthorized, meetDeadline, saveAndTell } from '@steward/service-kit';

import { findDuty, markDutyConfirmed } from '../db/activity-queries.ts';
import { activityAggregate } from '../db/aggregates.ts';
import type { ActivityDuty } from '../domain/activity.ts';
import { confirmDuty } from '../domain/preparation-rules.ts';
import type { ConfirmActivityDutyInput } from '../graphql/generated.ts';

export async function confirmActivityDuty(tx: Tx, input: ConfirmActivityDutyInput): Promise<{ id: string }> {
  const activity = await lockAuthorized(tx, activityAggregate, input);
  const found = await findDuty(tx, activity.id, input.dutyId);
  const confirmed = confirmDuty(activity, found);
  const { id: dutyId, departmentCode } = found as ActivityDuty;
  const note = { action: 'confirmActivityDuty', rule: 'A106' };
  const { openDutyCount } = confirmed;
  const data = { activityId: activity.id, dutyId, departmentCode, openDutyCount };
  const saved = await saveAndTell(tx, activityAggregate, { before: activity, after: confirmed, note }, [
    activityDutyConfirmed,
    () => data,
  ]);
  await markDutyConfirmed(tx, dutyId);
  if (openDutyCount === 0) await meetDeadline(tx, saved, 'SET_UP');
  return { id: saved.id };
}
