import { txScope, type Tx } from '@steward/db';
import { activityArchived } from '@steward/events';
import { lockAuthorized, meetDeadline, saveAndTell } from '@steward/service-kit';

import { activityAggregate } from '../db/aggregates.ts';
import type { Activity } from '../domain/activity.ts';
import { archive } from '../domain/preparation-rules.ts';
import type { ArchiveActivityInput } from '../graphql/generated.ts';
import { activityValues } from './figures.ts';

const archivedFact = ({ id, attendanceCount, budgetAmount, actualAmount, currency }: Activity) => ({
  activityId: id,
  attendanceCount: attendanceCount ?? 0,
  budget: { amount: budgetAmount ?? 0, currency },
  actual: { amount: actualAmount, currency },
});

export async function archiveActivity(tx: Tx, input: ArchiveActivityInput): Promise<{ id: string }> {
  const activity = await lockAuthorized(tx, activityAggregate, input);
  const archived = archive(activity, await activityValues(tx, activity.communityId), txScope(tx).now);
  const note = { action: 'archiveActivity', rule: 'A107' };
  const saved = await saveAndTell(tx, activityAggregate, { before: activity, after: archived, note }, [
    activityArchived,
    archivedFact,
  ]);
  await meetDeadline(tx, saved, 'ARCHIVE');
  return { id: saved.id };
}
