import { rows, type Tx } from '@steward/db';

import type { AppraisalEvidence } from '../domain/conduct.ts';
import type { StaffRole } from '../domain/staff.ts';

type Period = { startsOn: string; endsOn: string };

/** Staff of a community with one of the roles today who were employed in a period that is not appraised yet. */
export async function staffToAppraise(
  tx: Tx,
  { communityId, day, roles }: { communityId: string; day: string; roles: readonly StaffRole[] },
  { startsOn, endsOn }: Period,
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select s.id from staff s
      where s.community_id = $1 and s.status = 'EMPLOYED' and s.employed_on < $5
        and exists (select 1 from staff_post p where p.staff_id = s.id and p.role = any($3::text[])
          and p.valid_from <= $2 and (p.valid_to is null or p.valid_to > $2))
        and not exists (select 1 from appraisal a where a.staff_id = s.id and a.status <> 'CANCELLED'
          and a.starts_on < $5 and a.ends_on > $4)
      order by s.number, s.id`,
    [communityId, day, roles, startsOn, endsOn],
  );
  return found.map(({ id }) => id);
}

export async function isAppraised(tx: Tx, staffId: string, { startsOn, endsOn }: Period): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from appraisal where staff_id = $1 and status <> 'CANCELLED' and starts_on < $3 and ends_on > $2 limit 1`,
    [staffId, startsOn, endsOn],
  );
  return found.length > 0;
}

/** What the service knows of staff in a period, in one statement however many they are. */
export async function evidenceOf(
  tx: Tx,
  staffIds: readonly string[],
  { startsOn, endsOn }: Period,
  graceMinutes: number,
): Promise<Map<string, AppraisalEvidence>> {
  const found = await rows<AppraisalEvidence & { staffId: string }>(
    tx,
    `select s.id as "staffId",
       (select coalesce(sum(c.points), 0)::int from conduct_record c where c.staff_id = s.id
          and c.status = 'RECORDED' and c.occurred_on >= $2 and c.occurred_on < $3) as "penaltyPoints",
       (select count(*)::int from attendance_record a where a.staff_id = s.id
          and a.late_minutes > $4 and a.worked_on >= $2 and a.worked_on < $3) as "lateCount",
       (select count(*)::int from attendance_record a where a.staff_id = s.id
          and a.outcome = 'ABSENT' and a.worked_on >= $2 and a.worked_on < $3) as "absentCount",
       (select count(*)::int from staff_check k join community_reference r on r.id = k.community_id
          where k.staff_id = s.id and k.status in ('FINDINGS', 'AGREED', 'RECTIFIED')
          and (k.checked_at at time zone r.time_zone)::date >= $2
          and (k.checked_at at time zone r.time_zone)::date < $3) as "findingCount",
       (select count(*)::int from duty_report d where d.staff_id = s.id
          and d.is_on_time is not true and d.status <> 'DROPPED' and d.due_on >= $2 and d.due_on < $3) as "lateReportCount"
       from staff s where s.id = any($1::uuid[])`,
    [staffIds, startsOn, endsOn, graceMinutes],
  );
  return new Map(found.map(({ staffId, ...evidence }) => [staffId, evidence]));
}
