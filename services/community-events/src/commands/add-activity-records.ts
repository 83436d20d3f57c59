import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { activityRecordsAdded } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { insertRecords } from '../db/activity-queries.ts';
import { activityAggregate } from '../db/aggregates.ts';
import { withRecord } from '../domain/preparation-rules.ts';
import type { AddActivityRecordsInput } from '../graphql/generated.ts';

/** Notes, photos and films of what took place (A107). */
export async function addActivityRecords(tx: Tx, input: AddActivityRecordsInput): Promise<{ id: string }> {
  const activity = await lockAuthorized(tx, activityAggregate, input);
  const notes = (input.notes ?? []).map((note) => note.trim()).filter((note) => note !== '');
  const photos = await requireUploaded(tx, [...new Set(input.photoFileIds ?? [])], 'photo', 'input.photoFileIds');
  const videos = await requireUploaded(tx, [...new Set(input.videoFileIds ?? [])], 'video', 'input.videoFileIds');
  const drafts = [
    ...notes.map((note) => ({ kind: 'NOTE' as const, fileId: null, note })),
    ...photos.map(({ id }) => ({ kind: 'PHOTO' as const, fileId: id, note: null })),
    ...videos.map(({ id }) => ({ kind: 'VIDEO' as const, fileId: id, note: null })),
  ];
  const kinds = [...new Set(drafts.map(({ kind }) => kind))];
  const kept = withRecord(activity, kinds);
  if (drafts.length === 0) refuseAll([{ path: 'input', reason: 'RECORD_REQUIRED', rule: 'A107' }]);
  const data = { activityId: activity.id, kinds };
  const note = { action: 'addActivityRecords', rule: 'A107' };
  await saveAndTell(tx, activityAggregate, { before: activity, after: kept, note }, [activityRecordsAdded, () => data]);
  await insertRecords(tx, activity.id, drafts);
  return { id: activity.id };
}
