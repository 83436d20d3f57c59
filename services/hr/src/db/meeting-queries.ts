import { rows, txScope, type Tx } from '@steward/db';

import type { FollowUp, StaffMeeting, StaffMeetingAttendance } from '../domain/staff-meeting.ts';
import { followUpEntity, staffMeetingEntity } from './training-entities.ts';

export const attendanceOfMeetings = `
  select meeting_id as "meetingId", staff_id as "staffId", answer
    from staff_meeting_attendance where meeting_id = any($1::uuid[]) order by staff_id`;

export async function insertMeetingAttendance(
  tx: Tx,
  meetingId: string,
  attendance: readonly Omit<StaffMeetingAttendance, 'meetingId'>[],
): Promise<void> {
  await rows(
    tx,
    `insert into staff_meeting_attendance (meeting_id, staff_id, tenant_id, answer)
     select $1, a."staffId", $2, a.answer from jsonb_to_recordset($3::jsonb) as a("staffId" uuid, answer text)`,
    [meetingId, txScope(tx).tenantId, JSON.stringify(attendance)],
  );
}

export const followUpsOfMeetings = `
  select id, meeting_id as "parentId" from follow_up where meeting_id = any($1::uuid[]) order by due_on, id`;

export const followUpsOfReviews = `
  select id, review_id as "parentId" from follow_up where review_id = any($1::uuid[]) order by due_on, id`;

export const followUpsOfReview = (tx: Tx, reviewId: string): Promise<FollowUp[]> =>
  tx.findBy(followUpEntity, { reviewId });

/** Regular meetings of a week `[from, to)`. */
export const regularMeetings = (tx: Tx, communityId: string, from: string, to: string): Promise<StaffMeeting[]> =>
  tx
    .createQueryBuilder(staffMeetingEntity, 'm')
    .where('m.communityId = :communityId and m.isRegular and m.meetingOn >= :from and m.meetingOn < :to', {
      communityId,
      from,
      to,
    })
    .getMany();

/** Counts one more of something that tells of the quality of a month. */
export async function addToTally(tx: Tx, communityId: string, month: string, code: string): Promise<void> {
  await rows(
    tx,
    `insert into quality_tally (tenant_id, community_id, month, code, count) values ($1, $2, $3, $4, 1)
     on conflict (community_id, month, code) do update set count = quality_tally.count + 1`,
    [txScope(tx).tenantId, communityId, month, code],
  );
}

export async function tallyOf(tx: Tx, communityId: string, month: string): Promise<Map<string, number>> {
  const found = await rows<{ code: string; count: number }>(
    tx,
    'select code, count from quality_tally where community_id = $1 and month = $2',
    [communityId, month],
  );
  return new Map(found.map(({ code, count }) => [code, count]));
}
