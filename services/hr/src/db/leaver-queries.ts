import { rows, type Tx } from '@steward/db';

import type { DutyShift } from '../domain/duty-roster.ts';
import { dutyShiftEntity } from './roster-entities.ts';

/** Shifts of rosters in force that somebody was to work from a day on. */
export async function shiftsFrom(tx: Tx, staffId: string, day: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select s.id from duty_shift s join duty_roster r on r.id = s.roster_id
      where s.staff_id = $1 and s.worked_on >= $2 and s.status = 'PLANNED' and r.status = 'PUBLISHED' order by s.id`,
    [staffId, day],
  );
  return found.map(({ id }) => id);
}

/** Shifts at the service centre of rosters in force that touch a time and are to be worked. */
export const centreShiftsIn = (tx: Tx, communityId: string, from: Date, to: Date): Promise<DutyShift[]> =>
  tx
    .createQueryBuilder(dutyShiftEntity, 's')
    .innerJoin('duty_roster', 'd', "d.id = s.roster_id and d.status = 'PUBLISHED'")
    .where('s.communityId = :communityId and s.startsAt < :to and s.endsAt > :from', { communityId, from, to })
    .andWhere("s.status in ('PLANNED', 'STARTED') and s.isServiceCentre")
    .getMany();

/** Checks that nobody has made and appraisals that nobody has scored yet. */
export async function openConductOf(tx: Tx, staffId: string): Promise<{ checks: string[]; appraisals: string[] }> {
  const found = await rows<{ id: string; isCheck: boolean }>(
    tx,
    `select id, true as "isCheck" from staff_check where staff_id = $1 and status = 'PLANNED'
      union all
     select id, false from appraisal where staff_id = $1 and status in ('OPEN', 'SELF_ASSESSED')
      order by 1`,
    [staffId],
  );
  return {
    checks: found.filter(({ isCheck }) => isCheck).map(({ id }) => id),
    appraisals: found.filter(({ isCheck }) => !isCheck).map(({ id }) => id),
  };
}

/** What somebody undertook and has not done. */
export const openFollowUpsOf = async (tx: Tx, staffId: string): Promise<string[]> =>
  (
    await rows<{ id: string }>(tx, "select id from follow_up where staff_id = $1 and status = 'OPEN' order by id", [
      staffId,
    ])
  ).map(({ id }) => id);

/** By community, who last took over a post of somebody's and still works for the company (A330). */
export async function successorsOf(tx: Tx, staffId: string): Promise<Map<string, string>> {
  const found = await rows<{ communityId: string; successorId: string }>(
    tx,
    `select distinct on (h.community_id) h.community_id as "communityId", h.successor_id as "successorId"
       from post_handover h join staff s on s.id = h.successor_id and s.status <> 'LEFT'
      where h.staff_id = $1 and h.status = 'ACCEPTED' order by h.community_id, h.accepted_at desc`,
    [staffId],
  );
  return new Map(found.map(({ communityId, successorId }) => [communityId, successorId]));
}
