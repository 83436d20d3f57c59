import { rows, txScope, type Tx } from '@steward/db';

import type { TimelineEntry, TimelineFact } from '../domain/timeline.ts';

/** A fact that is to be kept, and whose it says it is. */
export type EnteredFact = Pick<TimelineEntry, 'subjectId' | 'number' | 'actorRole' | 'details'> & {
  eventId: string;
  at: string;
  householdId: string | null;
  /** Another thing on the timeline whose household this one is of: the billing account of a payment. */
  viaId: string | null;
  /** The unit whose household this one is of. */
  unitId: string | null;
};

const enter = `
  with told as (
    select * from rows from (jsonb_to_recordset($7::jsonb) as (
      "eventId" uuid, "subjectId" uuid, at timestamptz, "actorRole" text, number text, "householdId" uuid, "viaId" uuid,
      "unitId" uuid, details jsonb
    )) with ordinality
  ), fact as (
    select told.*, coalesce(told."householdId", held.household_id) as whose
      from told left join lateral (
        select h.household_id from household_holding h
         where h.unit_id = told."unitId" and h.valid_from <= told.at::date
           and (h.valid_to is null or h.valid_to > told.at::date)
         order by h.tenure = 'RENTED' desc, h.valid_from desc limit 1) held on true
  ), subject as (
    insert into timeline_subject (id, tenant_id, type, household_id, number, is_open, opened_at)
    select distinct on ("subjectId") "subjectId", $1::uuid, $2,
           coalesce(whose, (select via.household_id from timeline_subject via where via.id = fact."viaId")),
           number, coalesce($3::boolean, false), at
      from fact order by "subjectId", ordinality desc
    on conflict (id) do update set
      household_id = case when $4::boolean then excluded.household_id
                          else coalesce(timeline_subject.household_id, excluded.household_id) end,
      number = coalesce(timeline_subject.number, excluded.number),
      is_open = coalesce($3::boolean, timeline_subject.is_open)
    returning id, household_id
  )
  insert into timeline_entry (id, tenant_id, subject_id, household_id, at, code, is_internal, actor_role, details)
  select fact."eventId", $1::uuid, subject.id, coalesce(fact.whose, subject.household_id), fact.at, $5, $6::boolean, fact."actorRole", fact.details
    from fact join subject on subject.id = fact."subjectId"
  on conflict (id) do nothing`;

const move = `
  update timeline_entry e set household_id = s.household_id from timeline_subject s
   where e.subject_id = any($1::uuid[]) and s.id = e.subject_id and e.household_id is distinct from s.household_id`;

/** Keeps facts of one kind and whose they are; facts that move their subject take the earlier ones along. */
export async function enterTimelineFacts(tx: Tx, fact: TimelineFact, entered: readonly EnteredFact[]): Promise<void> {
  const isOpen = fact.effect === 'OPENED' ? true : fact.effect === 'ENDED' ? false : null;
  const isMoved = fact.effect === 'MOVED';
  const kind = [txScope(tx).tenantId, fact.subjectType, isOpen, isMoved, fact.code, fact.isInternal];
  await rows(tx, enter, [...kind, JSON.stringify(entered)]);
  if (isMoved) await rows(tx, move, [entered.map(({ subjectId }) => subjectId)]);
}

export type TimelinePage = {
  householdIds: readonly string[];
  isForStaff: boolean;
  before: readonly [string, string] | null;
  limit: number;
};

type Placed = TimelineEntry & { householdId: string };

/** Pages of several households in one statement, newest first. */
export const timelinePages = (tx: Tx, { householdIds, isForStaff, before, limit }: TimelinePage): Promise<Placed[]> =>
  rows<Placed>(
    tx,
    `select e.id, e.household_id as "householdId", e.subject_id as "subjectId", s.type as "subjectType", s.number, e.at,
            e.code, e.actor_role as "actorRole", e.details
       from unnest($1::uuid[]) as wanted(id)
      cross join lateral (
        select * from timeline_entry
         where household_id = wanted.id and ($2 or not is_internal)
           and ($3::timestamptz is null or (at, id) < ($3, $4::uuid))
         order by at desc, id desc limit $5) e
       join timeline_subject s on s.id = e.subject_id
      order by e.at desc, e.id desc`,
    [householdIds, isForStaff, before?.[0] ?? null, before?.[1] ?? null, limit],
  );

export async function timelineCounts(
  tx: Tx,
  householdIds: readonly string[],
  isForStaff: boolean,
): Promise<Map<string, number>> {
  const found = await rows<{ id: string; count: number }>(
    tx,
    `select household_id as id, count(*) from timeline_entry
      where household_id = any($1::uuid[]) and ($2 or not is_internal) group by 1`,
    [householdIds, isForStaff],
  );
  return new Map(found.map(({ id, count }) => [id, count]));
}
