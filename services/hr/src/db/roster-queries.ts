import { addDays } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { managedCommunity, type CommunityReference } from '@steward/service-kit';

import type { Assignable, TakenShift } from '../domain/assignment-rules.ts';
import type { DutyShift, ShiftPattern } from '../domain/duty-roster.ts';
import type { TimetableValues } from '../domain/duty-time-policy.ts';
import { leavesOfStaff } from './leave-queries.ts';
import { dutyShiftEntity, shiftPatternEntity } from './roster-entities.ts';

type Override = { key: string; value: string; validFrom: Date };

/** Overrides of the time-table that come into force before a time, oldest first. */
export const timetableOverrides = (tx: Tx, communityId: string, before: Date): Promise<Override[]> =>
  rows(
    tx,
    `select key, value, valid_from as "validFrom" from policy_override
      where community_id = $1 and policy = 'timetable' and valid_from < $2 order by valid_from, id`,
    [communityId, before],
  );

/** The time-table in force when a day begins: figures are effective-dated. */
export function timetableAt(
  defaults: TimetableValues,
  overrides: readonly Override[],
  startOfDay: Date,
): TimetableValues {
  const values: Record<string, string> = { ...defaults };
  for (const { key, value, validFrom } of overrides) if (validFrom <= startOfDay) values[key] = value;
  return values as TimetableValues;
}

export const patternsOfCommunity = (tx: Tx, communityId: string): Promise<ShiftPattern[]> =>
  tx.createQueryBuilder(shiftPatternEntity, 'p').where('p.communityId = :communityId', { communityId }).getMany();

/** Every day of a half-open range. */
export function daysOf(startsOn: string, endsOn: string): string[] {
  const days: string[] = [];
  for (let day = startsOn; day < endsOn; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Shifts of a roster in the order of their beginnings. */
export const shiftsOfRoster = (tx: Tx, rosterId: string): Promise<DutyShift[]> =>
  tx
    .createQueryBuilder(dutyShiftEntity, 's')
    .where('s.rosterId = :rosterId', { rosterId })
    .orderBy('s.startsAt')
    .addOrderBy('s.id')
    .getMany();

/** Shifts of published rosters of the community that touch a range: the night before a roster's first day is another's. */
export const neighbouringShifts = (tx: Tx, communityId: string, from: Date, to: Date): Promise<DutyShift[]> =>
  tx
    .createQueryBuilder(dutyShiftEntity, 's')
    .innerJoin('duty_roster', 'd', "d.id = s.roster_id and d.status = 'PUBLISHED'")
    .where('s.communityId = :communityId and s.startsAt < :to and s.endsAt > :from', { communityId, from, to })
    .andWhere("s.status <> 'CANCELLED'")
    .getMany();

/** Inserts shifts of a draft; a shift publishes from the first thing that happens to it, so it begins at version 0. */
export async function insertShifts(
  tx: Tx,
  shifts: readonly Omit<DutyShift, 'tenantId' | 'version' | 'createdAt'>[],
): Promise<void> {
  if (shifts.length === 0) return;
  const { tenantId, now } = txScope(tx);
  const complete = shifts.map((shift) => ({
    id: shift.id,
    tenant_id: tenantId,
    community_id: shift.communityId,
    number: shift.number,
    version: 0,
    created_at: now,
    roster_id: shift.rosterId,
    worked_on: shift.workedOn,
    pattern_code: shift.patternCode,
    staff_id: shift.staffId,
    starts_at: shift.startsAt,
    ends_at: shift.endsAt,
    is_service_centre: shift.isServiceCentre,
    is_night: shift.isNight,
    is_handover_required: shift.isHandoverRequired,
    status: shift.status,
  }));
  await rows(tx, 'insert into duty_shift select * from jsonb_populate_recordset(null::duty_shift, $1::jsonb)', [
    JSON.stringify(complete),
  ]);
}

export const deleteShifts = (tx: Tx, rosterId: string, shiftId: string | null = null): Promise<{ id: string }[]> =>
  rows(tx, 'delete from duty_shift where roster_id = $1 and ($2::uuid is null or id = $2) returning id', [
    rosterId,
    shiftId,
  ]);

type Range = { from: Date; to: Date; exceptRosterId?: string | null };

/** What decides whether staff may work shifts in a range, in six statements however many they are. */
export async function assignables(
  tx: Tx,
  staffIds: readonly string[],
  { from, to, exceptRosterId = null }: Range,
): Promise<Map<string, Assignable>> {
  const ids = [...new Set(staffIds)];
  const staff = await rows<{ id: string; tradeCodes: string[] }>(
    tx,
    `select id, trade_codes as "tradeCodes" from staff where id = any($1::uuid[]) and status = 'EMPLOYED'`,
    [ids],
  );
  const posts = await rows<Assignable['posts'][number] & { staffId: string }>(
    tx,
    `select staff_id as "staffId", community_id as "communityId", role, valid_from::text as "validFrom",
            valid_to::text as "validTo" from staff_post where staff_id = any($1::uuid[])`,
    [ids],
  );
  const certificates = await rows<Assignable['certificates'][number] & { staffId: string }>(
    tx,
    `select staff_id as "staffId", kind_code as "kindCode", issued_on::text as "issuedOn",
            expires_on::text as "expiresOn" from certificate where staff_id = any($1::uuid[]) and status = 'IN_FORCE'`,
    [ids],
  );
  const inductions = await rows<{ staffId: string; on: string }>(
    tx,
    `select staff_id as "staffId", completed_on::text as "on" from induction_record
      where staff_id = any($1::uuid[]) and is_passed`,
    [ids],
  );
  const leaves = await leavesOfStaff(tx, ids);
  const taken = await takenShifts(tx, ids, { from, to, exceptRosterId });
  const of = <T extends { staffId: string }>(list: readonly T[], id: string): T[] =>
    list.filter(({ staffId }) => staffId === id);
  return new Map(
    staff.map(({ id, tradeCodes }) => [
      id,
      {
        id,
        tradeCodes,
        posts: of(posts, id),
        certificates: of(certificates, id),
        inductedOn: of(inductions, id).map(({ on }) => on),
        leaves: leaves.get(id) ?? [],
        taken: of(taken, id),
      },
    ]),
  );
}

/** Shifts that staff have within two days of a range, those of one roster aside. */
const takenShifts = async (
  tx: Tx,
  ids: readonly string[],
  { from, to, exceptRosterId }: Range,
): Promise<(TakenShift & { staffId: string })[]> =>
  (
    await rows<{ staffId: string; startsAt: Date; endsAt: Date; isNight: boolean }>(
      tx,
      `select s.staff_id as "staffId", s.starts_at as "startsAt", s.ends_at as "endsAt", s.is_night as "isNight"
         from duty_shift s join duty_roster r on r.id = s.roster_id
        where s.staff_id = any($1::uuid[]) and s.starts_at < $3::timestamptz + interval '2 days'
          and s.ends_at > $2::timestamptz - interval '2 days' and s.status in ('PLANNED', 'STARTED')
          and r.status = 'PUBLISHED' and ($4::uuid is null or r.id <> $4)`,
      [ids, from, to, exceptRosterId ?? null],
    )
  ).map(({ staffId, startsAt, endsAt, isNight }) => ({
    staffId,
    from: startsAt.getTime(),
    to: endsAt.getTime(),
    isNight,
  }));

/** Whether a roster of the kind is in force on one of the days. */
export async function hasPublishedRoster(
  tx: Tx,
  roster: {
    id?: string;
    communityId: string;
    kind: string;
    departmentId: string | null;
    startsOn: string;
    endsOn: string;
  },
): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from duty_roster where community_id = $1 and kind = $2 and department_id is not distinct from $3::uuid
        and status = 'PUBLISHED' and starts_on < $5 and ends_on > $4 and id is distinct from $6::uuid limit 1`,
    [roster.communityId, roster.kind, roster.departmentId, roster.startsOn, roster.endsOn, roster.id ?? null],
  );
  return found.length > 0;
}

/** The community of something that staff do, under management. */
export const communityOf = (tx: Tx, id: string): Promise<CommunityReference> => managedCommunity(tx, id);

/** Whether a published roster of the same kind ends where this one begins. */
export async function followsPublishedRoster(
  tx: Tx,
  {
    communityId,
    kind,
    departmentId,
    startsOn,
  }: { communityId: string; kind: string; departmentId: string | null; startsOn: string },
): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from duty_roster where community_id = $1 and kind = $2 and department_id is not distinct from $3::uuid
        and status = 'PUBLISHED' and starts_on < $4 and ends_on >= $4 limit 1`,
    [communityId, kind, departmentId, startsOn],
  );
  return found.length > 0;
}

/** How many are at the service centre: shifts taken up, with their holder there or somebody in their place. */
export async function countAtDesk(tx: Tx, communityId: string): Promise<number> {
  const [found] = await rows<{ count: number }>(
    tx,
    `select count(*)::int as count from duty_shift where community_id = $1 and status = 'STARTED' and is_service_centre
        and (away_from is null or substitute_id is not null)`,
    [communityId],
  );
  return found?.count ?? 0;
}

/** Whether a published roster wants somebody at the service centre at an instant; a shift whose holder left does as well. */
export async function isDeskRostered(tx: Tx, communityId: string, at: Date): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from duty_shift s join duty_roster r on r.id = s.roster_id
      where s.community_id = $1 and s.is_service_centre and r.status = 'PUBLISHED'
        and s.starts_at <= $2 and s.ends_at > $2 limit 1`,
    [communityId, at],
  );
  return found.length > 0;
}
