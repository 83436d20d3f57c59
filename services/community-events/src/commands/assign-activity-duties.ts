import type { Tx } from '@steward/db';
import { activityDutiesAssigned } from '@steward/events';
import { lockAuthorized, notify, saveAndTell } from '@steward/service-kit';

import { replaceDuties } from '../db/activity-queries.ts';
import { activityAggregate } from '../db/aggregates.ts';
import { requireDuties } from '../domain/preparation-rules.ts';
import { stay } from '../domain/transition-rules.ts';
import type { AssignActivityDutiesInput } from '../graphql/generated.ts';
import { activityValues } from './figures.ts';

/** Names every role and task anew; confirmations are given anew as well (A106). */
export async function assignActivityDuties(tx: Tx, input: AssignActivityDutiesInput): Promise<{ id: string }> {
  const activity = await lockAuthorized(tx, activityAggregate, input);
  const kept = stay(activity, 'assignActivityDuties');
  requireDuties(activity, input.duties, await activityValues(tx, activity.communityId));
  const duties = await replaceDuties(tx, activity.id, input.duties);
  const after = { ...kept, dutyCount: duties.length, openDutyCount: duties.length };
  const told = duties.map(({ id: dutyId, departmentCode, staffId }) => ({ dutyId, departmentCode, staffId }));
  const data = { activityId: activity.id, duties: told };
  const note = { action: 'assignActivityDuties', rule: 'A106' };
  const {
    communityId,
    id: aggregateId,
    number,
  } = await saveAndTell(tx, activityAggregate, { before: activity, after, note }, [activityDutiesAssigned, () => data]);
  for (const { staffId, departmentCode } of duties) {
    const to = staffId === null ? { role: 'supervisor' as const, departmentCode } : { staffId };
    await notify(tx, { communityId, to, template: 'activityDuty', params: { number }, aggregateId });
  }
  return { id: aggregateId };
}
