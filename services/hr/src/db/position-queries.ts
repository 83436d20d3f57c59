import { rows, type Tx } from '@steward/db';

import type { AuthorityGrant, Position } from '../domain/position.ts';
import type { JobApplication } from '../domain/recruitment.ts';
import { authorityGrantEntity, positionEntity } from './position-entities.ts';
import { jobApplicationEntity } from './recruitment-entities.ts';

export const positionByCode = (tx: Tx, code: string): Promise<Position | null> =>
  tx.findOneBy(positionEntity, { number: code });

/** The catalogue of the company; a handful of dozens. */
export const catalogue = (tx: Tx): Promise<Position[]> =>
  tx.createQueryBuilder(positionEntity, 'p').orderBy('p.number').getMany();

export const hasCatalogue = (tx: Tx): Promise<boolean> => tx.exists(positionEntity);

/** Communities that the company manages. */
export const managedCommunityIds = async (tx: Tx): Promise<string[]> =>
  (await rows<{ id: string }>(tx, "select id from community_reference where status = 'ACTIVE' order by id", [])).map(
    ({ id }) => id,
  );

/** Grants that stand on a day, of the company as a whole and of one community. */
export const grantsInForce = (tx: Tx, communityId: string, day: string): Promise<AuthorityGrant[]> =>
  tx
    .createQueryBuilder(authorityGrantEntity, 'g')
    .where("g.status = 'ACTIVE' and (g.scopeId is null or g.scopeId = :communityId)", { communityId })
    .andWhere('g.validFrom <= :day and (g.validTo is null or g.validTo > :day)', { day })
    .orderBy('g.number')
    .getMany();

/** Whether a role has a grant over an action in a place already on some of the days. */
export async function isGranted(
  tx: Tx,
  {
    action,
    role,
    scopeId,
    validFrom,
    validTo,
  }: AuthorityGrant | Omit<AuthorityGrant, 'tenantId' | 'version' | 'createdAt'>,
): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from authority_grant where status = 'ACTIVE' and action = $1 and role = $2
        and scope_id is not distinct from $3::uuid and daterange(valid_from, valid_to) && daterange($4::date, $5::date) limit 1`,
    [action, role, scopeId, validFrom, validTo],
  );
  return found.length > 0;
}

export type PositionStaffingRow = { positionId: string; plannedCount: number; heldCount: number; openCount: number };

/** Planned, held and advertised, for each position in use of a community on a day. */
export const staffingOf = (tx: Tx, communityId: string, day: string): Promise<PositionStaffingRow[]> =>
  rows(
    tx,
    `select p.id as "positionId", coalesce(h.planned_count, p.planned_count) as "plannedCount",
            (select count(distinct s.staff_id)::int from staff_post s where s.community_id = $1
                and s.position_code = p.number and (s.valid_to is null or s.valid_to > $2)
                and s.valid_to is distinct from s.valid_from) as "heldCount",
            (select coalesce(sum(v.opening_count - v.filled_count), 0)::int from vacancy v
              where v.position_id = p.id and v.community_id = $1 and v.status = 'OPEN') as "openCount"
       from staff_position p left join position_headcount h on h.position_id = p.id and h.community_id = $1
      where p.status = 'ACTIVE' order by p.number`,
    [communityId, day],
  );

export const setHeadcount = async (
  tx: Tx,
  { tenantId, id }: Position,
  communityId: string,
  plannedCount: number,
): Promise<void> => {
  await rows(
    tx,
    `insert into position_headcount (position_id, tenant_id, community_id, planned_count) values ($1, $2, $3, $4)
     on conflict (position_id, community_id) do update set planned_count = excluded.planned_count`,
    [id, tenantId, communityId, plannedCount],
  );
};

/** Whether somebody holds a position on a day or later, anywhere in the company. */
export async function isHeld(tx: Tx, positionCode: string, day: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from staff_post where position_code = $1 and (valid_to is null or valid_to > $2)
        and valid_to is distinct from valid_from limit 1`,
    [positionCode, day],
  );
  return found.length > 0;
}

/** Kinds of certificates of a staff member that are in force on a day. */
export async function certificateKindsOf(tx: Tx, staffId: string, day: string): Promise<string[]> {
  const found = await rows<{ kindCode: string }>(
    tx,
    `select distinct kind_code as "kindCode" from certificate
      where staff_id = $1 and status = 'IN_FORCE' and issued_on <= $2 and expires_on >= $2`,
    [staffId, day],
  );
  return found.map(({ kindCode }) => kindCode);
}

/** Times late and gone early in `[from, to)`, by the attendance records. */
export async function unpunctualTimes(
  tx: Tx,
  staffId: string,
  from: string,
  to: string,
): Promise<{ lateCount: number; earlyCount: number }> {
  const [found] = await rows<{ lateCount: number; earlyCount: number }>(
    tx,
    `select count(*) filter (where late_minutes > 0)::int as "lateCount",
            count(*) filter (where early_minutes > 0)::int as "earlyCount"
       from attendance_record where staff_id = $1 and worked_on >= $2 and worked_on < $3`,
    [staffId, from, to],
  );
  return found ?? { lateCount: 0, earlyCount: 0 };
}

/** Points of conduct since a day. */
export async function pointsSince(tx: Tx, staffId: string, from: string): Promise<number> {
  const [found] = await rows<{ points: number }>(
    tx,
    `select coalesce(sum(points), 0)::int as points from conduct_record
      where staff_id = $1 and occurred_on >= $2 and status = 'RECORDED'`,
    [staffId, from],
  );
  return found?.points ?? 0;
}

/** Applications for a vacancy that are not decided. */
export const openApplications = async (tx: Tx, vacancyId: string): Promise<string[]> =>
  (
    await rows<{ id: string }>(
      tx,
      "select id from job_application where vacancy_id = $1 and status in ('RECEIVED', 'INTERVIEWED') order by id",
      [vacancyId],
    )
  ).map(({ id }) => id);

/** Candidates of a community who were decided about and whose data nobody needs any more; who was hired is staff. */
export const erasableApplications = (tx: Tx, communityId: string, before: Date): Promise<JobApplication[]> =>
  tx
    .createQueryBuilder(jobApplicationEntity, 'a')
    .setLock('pessimistic_write')
    .where("a.communityId = :communityId and a.status in ('HIRED', 'REJECTED', 'WITHDRAWN')", { communityId })
    .andWhere('a.nameSealed is not null and a.decidedAt <= :before', { before })
    .orderBy('a.id')
    .getMany();
