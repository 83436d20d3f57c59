import { txScope, type Tx } from '@steward/db';
import { activityFinished } from '@steward/events';
import { lockAuthorized, openItems, saveAndTell, startDeadline, zoneOf } from '@steward/service-kit';

import { attendanceOf } from '../db/activity-queries.ts';
import { activityAggregate } from '../db/aggregates.ts';
import { siteChecklist } from '../domain/activity-policy.ts';
import { archiveClock } from '../domain/deadline-rules.ts';
import { finish } from '../domain/preparation-rules.ts';
import type { FinishActivityInput } from '../graphql/generated.ts';
import { activityValues } from './figures.ts';

export async function finishActivity(tx: Tx, input: FinishActivityInput): Promise<{ id: string }> {
  const activity = await lockAuthorized(tx, activityAggregate, input);
  const { now } = txScope(tx);
  const attendance = (await attendanceOf(tx, activity.id)) + (input.guestCount ?? 0);
  const openControls = (await openItems(tx, activity.id, siteChecklist)).map(({ code }) => code);
  const held = finish(activity, { attendance, now, openControls });
  const data = { activityId: activity.id, finishedAt: now.toISOString(), attendanceCount: attendance };
  const note = { action: 'finishActivity', rule: 'A107' };
  const saved = await saveAndTell(tx, activityAggregate, { before: activity, after: held, note }, [
    activityFinished,
    () => data,
  ]);
  const clock = archiveClock(await activityValues(tx, saved.communityId));
  await startDeadline(tx, activityAggregate, saved, clock, { zone: await zoneOf(tx, saved.communityId) });
  return { id: saved.id };
}
