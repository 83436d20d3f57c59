import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import type { StaffCheckForm, StaffCheckKind } from '../domain/conduct.ts';
import type { StaffRole } from '../domain/staff.ts';
import { staffCheckFormEntity, staffCheckRoundEntity } from './conduct-entities.ts';

export type HeldPost = { staffId: string; departmentId: string; departmentCode: string; role: StaffRole };

/** Posts that staff hold on a day in a community. */
export const postsHeldOn = (
  tx: Tx,
  communityId: string,
  day: string,
  staffIds: readonly string[],
): Promise<HeldPost[]> =>
  rows(
    tx,
    `select p.staff_id as "staffId", p.department_id as "departmentId", d.number as "departmentCode", p.role
       from staff_post p join department d on d.id = p.department_id
      where p.community_id = $1 and p.valid_from <= $2 and (p.valid_to is null or p.valid_to > $2)
        and p.staff_id = any($3::uuid[]) order by p.valid_from, p.id`,
    [communityId, day, staffIds],
  );

/** Forms whose points are looked at now. */
export const formsInUse = (tx: Tx, communityId: string, kind: StaffCheckKind): Promise<StaffCheckForm[]> =>
  tx
    .createQueryBuilder(staffCheckFormEntity, 'f')
    .where("f.communityId = :communityId and f.kind = :kind and f.status = 'ACTIVE'", { communityId, kind })
    .orderBy('f.number')
    .getMany();

/** Who works in a shift of a roster in force on a day. */
export async function staffOnShift(tx: Tx, communityId: string, day: string): Promise<string[]> {
  const found = await rows<{ staffId: string }>(
    tx,
    `select distinct s.staff_id as "staffId" from duty_shift s join duty_roster r on r.id = s.roster_id
      where s.community_id = $1 and s.worked_on = $2 and s.status in ('PLANNED', 'STARTED') and r.status = 'PUBLISHED'
      order by 1`,
    [communityId, day],
  );
  return found.map(({ staffId }) => staffId);
}

type Drawing = { communityId: string; day: string; roles: readonly StaffRole[]; count: number; salt: string };

/** Draws staff for a spot check: whoever was not checked for longest, by lot among equals. */
export async function drawStaff(tx: Tx, { communityId, day, roles, count, salt }: Drawing): Promise<string[]> {
  const found = await rows<{ staffId: string }>(
    tx,
    `select s.id as "staffId" from staff s
       left join lateral (
         select max(c.checked_at) as at from staff_check c where c.staff_id = s.id and c.kind = 'SPOT_CHECK'
       ) last on true
      where s.status = 'EMPLOYED' and exists (
        select 1 from staff_post p where p.staff_id = s.id and p.community_id = $1 and p.role = any($3::text[])
           and p.valid_from <= $2 and (p.valid_to is null or p.valid_to > $2))
      order by last.at nulls first, md5($4 || s.id::text) limit $5`,
    [communityId, day, roles, salt, count],
  );
  return found.map(({ staffId }) => staffId);
}

/** Rooms in which somebody lives on a day. */
export async function roomsLivedIn(tx: Tx, communityId: string, day: string): Promise<string[]> {
  const found = await rows<{ roomId: string }>(
    tx,
    `select distinct room_id as "roomId" from dormitory_stay
      where community_id = $1 and starts_on <= $2 and (ends_on is null or ends_on > $2) order by 1`,
    [communityId, day],
  );
  return found.map(({ roomId }) => roomId);
}

/** Rounds of grooming that are over and still have checks of staff who were not at work on their day. */
export async function checksOfAbsent(tx: Tx, communityId: string, day: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select c.id from staff_check c join staff_check_round r on r.id = c.round_id
      where c.community_id = $1 and c.kind = 'GROOMING' and c.status = 'PLANNED' and r.ends_on <= $2
        and not exists (select 1 from attendance_record a where a.staff_id = c.staff_id
          and a.worked_on >= r.starts_on and a.worked_on < r.ends_on and a.outcome = 'PRESENT')
      order by c.id limit 500`,
    [communityId, day],
  );
  return found.map(({ id }) => id);
}

export const hasRound = (tx: Tx, communityId: string, kind: StaffCheckKind, startsOn: string): Promise<boolean> =>
  tx.existsBy(staffCheckRoundEntity, { communityId, kind, startsOn });

export async function countPlanned(tx: Tx, roundId: string): Promise<number> {
  const [found] = await rows<{ count: number }>(
    tx,
    `select count(*)::int as count from staff_check where round_id = $1 and status = 'PLANNED'`,
    [roundId],
  );
  return found?.count ?? 0;
}

type Entry = { aggregateId: string; code: string; rule: string };

/** Opens the lists of many checks in one statement. */
export async function openCheckLists(tx: Tx, checklist: string, entries: readonly Entry[]): Promise<void> {
  await rows(
    tx,
    `insert into checklist_item (id, tenant_id, aggregate_type, aggregate_id, checklist, code, rule)
     select e.id, $1, 'staff-check', e."aggregateId", $2, e.code, e.rule
       from jsonb_to_recordset($3::jsonb) as e(id uuid, "aggregateId" uuid, code text, rule text)`,
    [txScope(tx).tenantId, checklist, JSON.stringify(entries.map((entry) => ({ ...entry, id: newId() })))],
  );
}

/** Points of communities' own, those of retired forms too: what was looked at stays readable. */
export const formNames = `
  select community_id as "communityId", entries from staff_check_form where community_id = any($1::uuid[]) order by number`;

/** How many checks of each round are made or called off. */
export const doneOfRounds = `
  select round_id as "roundId", count(*) filter (where status <> 'PLANNED')::int as done
    from staff_check where round_id = any($1::uuid[]) group by round_id`;

/** Every point of the checks is in order. */
export async function passAllPoints(tx: Tx, checkIds: readonly string[]): Promise<void> {
  const { now, actor } = txScope(tx);
  await rows(
    tx,
    `update checklist_item set result = 'PASS', checked_at = $2, checked_by = $3 where aggregate_id = any($1::uuid[])`,
    [checkIds, now, actor.sub],
  );
}
