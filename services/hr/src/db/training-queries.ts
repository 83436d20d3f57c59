import { rows, txScope, type Tx } from '@steward/db';

import type { TrainingAttendance, TrainingQuota } from '../domain/training.ts';
import { trainingPlanEntity, trainingQuotaEntity } from './training-entities.ts';

/** Whose posts are asked for: of a department, a team, or by role. */
export type Circle = {
  communityId: string;
  departmentId?: string | null;
  teamId?: string | null;
  roles?: readonly string[];
};

/** A post of a community held on the day `$2` by somebody who works here then. */
const held = `staff_post p join staff s on s.id = p.staff_id
   where p.community_id = $1 and p.valid_from <= $2 and (p.valid_to is null or p.valid_to > $2)
     and (s.left_on is null or s.left_on > $2)`;

/** Staff who hold a post of the circle on a day. */
export async function membersOn(tx: Tx, circle: Circle, day: string): Promise<string[]> {
  const { communityId, departmentId = null, teamId = null, roles = null } = circle;
  const found = await rows<{ staffId: string }>(
    tx,
    `select distinct p.staff_id as "staffId" from ${held}
        and ($3::uuid is null or p.department_id = $3) and ($4::uuid is null or p.team_id = $4)
        and ($5::text[] is null or p.role = any($5))`,
    [communityId, day, departmentId, teamId, roles],
  );
  return found.map(({ staffId }) => staffId);
}

/** Departments and teams whose posts somebody holds in a community on a day. */
export async function circlesOn(
  tx: Tx,
  communityId: string,
  day: string,
): Promise<{ departmentIds: string[]; teams: { departmentId: string; teamId: string }[] }> {
  const found = await rows<{ departmentId: string; teamId: string | null }>(
    tx,
    `select distinct p.department_id as "departmentId", p.team_id as "teamId" from ${held} order by 1, 2`,
    [communityId, day],
  );
  const teams = found.flatMap(({ departmentId, teamId }) => (teamId === null ? [] : [{ departmentId, teamId }]));
  return { departmentIds: [...new Set(found.map(({ departmentId }) => departmentId))], teams };
}

/** Sessions of a kind that a department as a whole held in `[startsOn, endsOn)`. */
export async function countHeldSessions(
  tx: Tx,
  { communityId, departmentId, kind, startsOn, endsOn }: TrainingQuota,
): Promise<number> {
  const [found] = await rows<{ count: number }>(
    tx,
    `select count(*)::int as count from training_session where community_id = $1 and department_id = $2 and kind = $3
        and team_id is null and status = 'HELD' and starts_on >= $4 and starts_on < $5`,
    [communityId, departmentId, kind, startsOn, endsOn],
  );
  return found?.count ?? 0;
}

/** Ids of the department's quotas of a kind whose time holds a day. */
export async function quotasOn(
  tx: Tx,
  communityId: string,
  departmentId: string,
  kind: string,
  day: string,
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from training_quota where community_id = $1 and department_id = $2 and kind = $3
        and starts_on <= $4 and ends_on > $4 order by id`,
    [communityId, departmentId, kind, day],
  );
  return found.map(({ id }) => id);
}

export const findQuota = (
  tx: Tx,
  where: Pick<TrainingQuota, 'communityId' | 'departmentId' | 'period' | 'startsOn'>,
): Promise<TrainingQuota | null> => tx.findOneBy(trainingQuotaEntity, where);

/** Ids of quotas that are not met and whose time is over by a day. */
export async function overdueQuotas(tx: Tx, communityId: string, day: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from training_quota where community_id = $1 and status = 'OPEN' and ends_on <= $2 order by id`,
    [communityId, day],
  );
  return found.map(({ id }) => id);
}

/** Whether the department has an approved plan of the month. */
export const isPlanApproved = (tx: Tx, communityId: string, departmentId: string, month: string): Promise<boolean> =>
  tx.existsBy(trainingPlanEntity, { communityId, departmentId, month, status: 'APPROVED' });

/** Whether the department has a plan of the month that is pursued. */
export async function hasPlan(tx: Tx, communityId: string, departmentId: string, month: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from training_plan where community_id = $1 and department_id = $2 and month = $3
        and status <> 'WITHDRAWN' limit 1`,
    [communityId, departmentId, month],
  );
  return found.length > 0;
}

export const attendanceOfSessions = `
  select session_id as "sessionId", staff_id as "staffId", answer, score, attempt_count as "attemptCount",
         is_passed as "isPassed", induction_id as "inductionId"
    from training_attendance where session_id = any($1::uuid[]) order by staff_id`;

export const attendanceOf = (tx: Tx, sessionId: string): Promise<TrainingAttendance[]> =>
  rows(tx, attendanceOfSessions, [[sessionId]]);

export async function insertAttendance(
  tx: Tx,
  sessionId: string,
  attendance: readonly Pick<TrainingAttendance, 'staffId' | 'answer'>[],
): Promise<void> {
  await rows(
    tx,
    `insert into training_attendance (session_id, staff_id, tenant_id, answer, attempt_count)
     select $1, a."staffId", $2, a.answer, 0 from jsonb_to_recordset($3::jsonb) as a("staffId" uuid, answer text)`,
    [sessionId, txScope(tx).tenantId, JSON.stringify(attendance)],
  );
}

type Score = Pick<TrainingAttendance, 'staffId' | 'score' | 'isPassed' | 'inductionId'>;

/** Keeps the last attempt of each. */
export async function saveScores(tx: Tx, sessionId: string, scores: readonly Score[]): Promise<void> {
  await rows(
    tx,
    `update training_attendance a
        set score = r.score, is_passed = r."isPassed", induction_id = r."inductionId", attempt_count = a.attempt_count + 1
       from jsonb_to_recordset($2::jsonb) as r("staffId" uuid, score int, "isPassed" boolean, "inductionId" uuid)
      where a.session_id = $1 and a.staff_id = r."staffId"`,
    [sessionId, JSON.stringify(scores)],
  );
}

/** Staff employed on a day, by a community, who have not passed an induction. */
export const uninductedSince = (
  tx: Tx,
  communityId: string,
  employedOn: string,
): Promise<{ id: string; number: string }[]> =>
  rows(
    tx,
    `select s.id, s.number from staff s where s.community_id = $1 and s.employed_on = $2 and s.status = 'EMPLOYED'
        and not exists (select 1 from induction_record i where i.staff_id = s.id and i.is_passed) order by s.id`,
    [communityId, employedOn],
  );

/** Which of the ids are staff who work for the company. */
export async function employedAmong(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from staff where id = any($1::uuid[]) and status = 'EMPLOYED'`,
    [[...new Set(ids)]],
  );
  return new Set(found.map(({ id }) => id));
}
