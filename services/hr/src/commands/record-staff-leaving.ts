import { addDays, localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { staffDutyChanged, staffLeft, staffPostEnded } from '@steward/events';
import { authorize, lockAggregate, publish, saveAggregate, zoneOf } from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { loadDirectory } from '../db/directory-queries.ts';
import { findPosts, setPostEnd } from '../db/staff-queries.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { departmentCodeOf } from '../domain/post-rules.ts';
import { dutyFact, postFact } from '../domain/staff-facts.ts';
import { leave } from '../domain/staff-rules.ts';
import type { RecordStaffLeavingInput } from '../graphql/generated.ts';
import { cancelShiftsOfLeaver } from './cancel-shifts-of-leaver.ts';
import { dropPostWork } from './drop-post-work.ts';
import { requireHandedOver, requireMayDismiss } from './judge-post.ts';
import { handOverFollowUpsOfLeaver } from './hand-over-follow-ups.ts';
import { closeConductOfLeaver } from './close-conduct-of-leaver.ts';

export async function recordStaffLeaving(tx: Tx, input: RecordStaffLeavingInput): Promise<{ id: string }> {
  const { now } = txScope(tx);
  const { leftOn, reasonCode } = input;
  const staff = await lockAggregate(tx, staffAggregate, input.id, input.expectedVersion);
  await authorize(tx, await loadStaffSubject(tx, staff));
  const tomorrow = addDays(localDate(now, await zoneOf(tx, staff.communityId)), 1);
  const left = leave(staff, await findPosts(tx, staff.id), { leftOn, reasonCode, now, tomorrow });
  for (const post of left.ended) {
    if (reasonCode === 'DISMISSED') await requireMayDismiss(tx, post);
    await requireHandedOver(tx, post);
  }
  const directory = await loadDirectory(tx, []);
  const note = { action: 'recordStaffLeaving', reasonCode };
  const saved = await saveAggregate(tx, staffAggregate, staff, left.staff, note);
  for (const post of left.ended) {
    await setPostEnd(tx, post);
    publish(tx, saved, staffPostEnded, postFact(post, departmentCodeOf(directory, post.departmentId)));
  }
  if (left.hadDuty) publish(tx, saved, staffDutyChanged, dutyFact(saved));
  publish(tx, saved, staffLeft, { staffId: staff.id, leftOn });
  await dropPostWork(tx, left.ended);
  await cancelShiftsOfLeaver(tx, staff.id, leftOn);
  await closeConductOfLeaver(tx, staff.id, leftOn);
  await handOverFollowUpsOfLeaver(tx, staff.id);
  return { id: staff.id };
}
