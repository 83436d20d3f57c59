import { txScope, type Tx } from '@steward/db';
import { activityStarted } from '@steward/events';
import { lockAuthorized, openChecklist, saveAndTell } from '@steward/service-kit';

import { activityAggregate } from '../db/aggregates.ts';
import { siteChecklist, siteControls } from '../domain/activity-policy.ts';
import { moveTo } from '../domain/transition-rules.ts';
import type { StartActivityInput } from '../graphql/generated.ts';

export async function startActivity(tx: Tx, input: StartActivityInput): Promise<{ id: string }> {
  const activity = await lockAuthorized(tx, activityAggregate, input);
  const { now } = txScope(tx);
  const started = { ...moveTo(activity, 'startActivity', 'UNDER_WAY'), startedAt: now };
  const data = { activityId: activity.id, startedAt: now.toISOString() };
  const note = { action: 'startActivity', rule: 'A106' };
  const saved = await saveAndTell(tx, activityAggregate, { before: activity, after: started, note }, [
    activityStarted,
    () => data,
  ]);
  if (saved.kind === 'MERCHANT') await openChecklist(tx, activityAggregate, saved, siteChecklist, siteControls);
  return { id: saved.id };
}
