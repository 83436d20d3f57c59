import { rows, type Tx } from '@steward/db';

import type { Days } from '../domain/proration-rules.ts';

/** Kinds of charge with who answers for each, in one order. */
export type LiableKinds = { codes: readonly string[]; liable: readonly string[] };

/** A household that has said when it leaves, before its holding ends. */
export type Leaving = { householdId: string; endsOn: string };

/** A charge whose days, or some of them, are not those of who was charged. */
export type MovedCharge = {
  id: string;
  unitId: string;
  householdId: string;
  billingAccountId: string;
  chargeTypeCode: string;
  /** What a household pays once, wherever it lives. */
  isOnce: boolean;
  periodFrom: string;
  periodTo: string;
  dueOn: string | null;
  /** Taken back before, because nobody was known for the days. */
  isTakenBack: boolean;
};

// A reading is of whoever held the unit the day before it. $5 and $6: who leaves when, or nothing.
const movedCharges = `
  with kind as (select * from unnest($3::text[], $4::text[]) as k(code, liable)),
  liability as (
    select l.unit_id, l.billing_account_id, l.tenure,
           case when l.household_id = $5::uuid then daterange(l.valid_from, l.valid_to) * daterange(null, $6::date)
                else daterange(l.valid_from, l.valid_to) end as span
      from unit_liability l where l.community_id = $1 and l.unit_id = any($2::uuid[])),
  rented as (select unit_id, range_agg(span) as spans from liability where tenure = 'RENTED' group by unit_id),
  day as (
    select 'OWNER' as liable, unit_id, billing_account_id, datemultirange(span) as spans
      from liability where tenure = 'OWNED'
    union all
    select 'OCCUPANT', unit_id, billing_account_id, datemultirange(span) from liability where tenure = 'RENTED'
    union all
    select 'OCCUPANT', l.unit_id, l.billing_account_id, datemultirange(l.span) - coalesce(r.spans, '{}')
      from liability l left join rented r on r.unit_id = l.unit_id where l.tenure = 'OWNED'),
  holder as (
    select liable, unit_id, billing_account_id, range_agg(spans) as spans from day
     group by liable, unit_id, billing_account_id),
  misplaced as (
    select l.id, l.method, false as taken_back
      from charge_line l join kind k on k.code = l.charge_type_code
      left join holder h on h.unit_id = l.unit_id and h.billing_account_id = l.billing_account_id and h.liable = k.liable
     where l.unit_id = any($2::uuid[]) and l.reversed_at is null and l.method not in ('SHARE', 'LATE_FEE', 'BY_HAND')
       and not coalesce(h.spans, '{}') @> case when l.method = 'METER' then daterange(l.period_to - 1, l.period_to)
                                               else daterange(l.period_from, l.period_to) end),
  waiting as (
    select l.id, l.method, true
      from charge c join charge_line l on l.id = c.id
     where c.unit_id = any($2::uuid[]) and c.status = 'REVERSED'
       and c.reason_code in ('HOLDER_CHANGED', 'CUSTODY_CHANGED')
       and l.method not in ('SHARE', 'LATE_FEE', 'BY_HAND') and $5::uuid is null
       and case when l.method = 'METER'
             then not exists (select 1 from charge_line n where n.source_id = l.source_id and n.unit_id = l.unit_id
                                 and n.method = 'METER' and n.reversed_at is null)
             else not coalesce((
               select range_agg(daterange(n.period_from, n.period_to)) from charge_line n
                where n.unit_id = l.unit_id and n.charge_type_code = l.charge_type_code and n.reversed_at is null
                  and n.method not in ('METER', 'SHARE', 'LATE_FEE')), '{}') @> daterange(l.period_from, l.period_to)
           end)
  select c.id, c.unit_id as "unitId", c.household_id as "householdId", c.billing_account_id as "billingAccountId",
         c.charge_type_code as "chargeTypeCode", m.method in ('HOUSEHOLD', 'PERSON') as "isOnce",
         c.period_from as "periodFrom", c.period_to as "periodTo", c.due_on as "dueOn", m.taken_back as "isTakenBack"
    from (select * from misplaced union all select * from waiting) m join charge c on c.id = m.id
   where m.taken_back or c.status <> 'REVERSED'
   order by c.period_from, c.id`;

/**
 * Charges of units that do not fit who answers for their days, and those that were taken back for that and whose days
 * nobody was charged for since.
 */
export const chargesOfOthersDays = (
  tx: Tx,
  { communityId, unitIds }: { communityId: string; unitIds: readonly string[] },
  { codes, liable }: LiableKinds,
  leaving: Leaving | null,
): Promise<MovedCharge[]> =>
  rows<MovedCharge>(tx, movedCharges, [
    communityId,
    unitIds,
    codes,
    liable,
    leaving?.householdId ?? null,
    leaving?.endsOn ?? null,
  ]);

/** Frees the days of lines, so that they can be charged again before their charges are taken back. */
export const freeLines = (tx: Tx, ids: readonly string[], now: Date): Promise<unknown> =>
  rows(tx, 'update charge_line set reversed_at = $2 where id = any($1::uuid[]) and reversed_at is null', [ids, now]);

/** Late fees of charges that nobody has paid yet. */
export async function openLateFeesOn(tx: Tx, chargeIds: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select c.id from charge_line l join charge c on c.id = l.id
      where l.source_id = any($1::uuid[]) and l.method = 'LATE_FEE' and l.reversed_at is null and c.status = 'OPEN'
      order by c.id`,
    [chargeIds],
  );
  return found.map(({ id }) => id);
}

/** Late fees of charges that stand, paid or not. */
export async function lateFeesOn(tx: Tx, chargeIds: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select c.id from charge_line l join charge c on c.id = l.id
      where l.source_id = any($1::uuid[]) and l.method = 'LATE_FEE' and l.reversed_at is null and c.status <> 'REVERSED'
      order by c.id`,
    [chargeIds],
  );
  return found.map(({ id }) => id);
}

/** Late fees of the charges of a run's step that were taken back, as far as they stand. */
export async function lateFeesOfStep(tx: Tx, runId: string, chunk: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    'select c.id from charge_line l join charge c on c.id = l.id where l.run_id = $1 and l.chunk = $2',
    [runId, chunk],
  );
  return lateFeesOn(
    tx,
    found.map(({ id }) => id),
  );
}

/**
 * Late fees of a step whose charge was taken back since they were computed are not posted. Whoever takes one back at this
 * moment is waited for, or finds the late fee when it is posted. Answers whether there were any.
 */
export async function dropFeesOfReversed(tx: Tx, runId: string, chunk: number): Promise<boolean> {
  const step = `l.run_id = $1 and l.chunk = $2 and l.method = 'LATE_FEE' and c.id = l.source_id`;
  await rows(tx, `select 1 from charge c join charge_line l on ${step} order by c.id for share of c`, [runId, chunk]);
  const gone = await rows(
    tx,
    `delete from charge_line l using charge c where ${step} and c.status = 'REVERSED' returning l.id`,
    [runId, chunk],
  );
  return gone.length > 0;
}

/** Every unit that households hold or held. */
export async function unitsOfHouseholds(tx: Tx, householdIds: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    'select distinct unit_id as id from unit_liability where household_id = any($1::uuid[])',
    [householdIds],
  );
  return found.map(({ id }) => id);
}

const underWay = `r.status in ('COMPUTING', 'PREVIEWED', 'POSTING')`;

/** Lines of these units in runs that are not posted yet will be made again before they are posted. */
export const markStale = (tx: Tx, communityId: string, unitIds: readonly string[]): Promise<unknown> =>
  rows(
    tx,
    `insert into charge_run_stale (tenant_id, run_id, unit_id)
     select r.tenant_id, r.id, u from charge_run r cross join unnest($2::uuid[]) as u
      where r.community_id = $1 and ${underWay}
     on conflict do nothing`,
    [communityId, unitIds],
  );

type Asked = { communityId: string; unitIds: readonly string[]; codes: readonly string[]; period: Days };

/**
 * Whoever charges outside a run comes before runs that are not posted yet: their lines of the same days make way, and what
 * is left to them is made again when they are posted.
 */
export async function giveWay(tx: Tx, { communityId, unitIds, codes, period }: Asked): Promise<void> {
  const found = await rows<{ unitId: string }>(
    tx,
    `with gone as (
       delete from charge_line l using charge_run r
        where r.id = l.run_id and r.community_id = $1 and ${underWay} and l.unit_id = any($2::uuid[])
          and l.charge_type_code = any($3) and l.reversed_at is null and l.period_from < $5 and l.period_to > $4
          and not exists (select 1 from charge c where c.id = l.id)
       returning l.unit_id)
     select distinct unit_id as "unitId" from gone`,
    [communityId, unitIds, codes, period.from, period.to],
  );
  if (found.length > 0)
    await markStale(
      tx,
      communityId,
      found.map(({ unitId }) => unitId),
    );
}

/** The units of a run whose lines have to be made again; they are no longer marked. */
export async function takeStale(tx: Tx, runId: string): Promise<string[]> {
  const found = await rows<{ unitId: string }>(
    tx,
    'delete from charge_run_stale where run_id = $1 returning unit_id as "unitId"',
    [runId],
  );
  return found.map(({ unitId }) => unitId);
}

/** Takes the lines and gaps of units out of a run that has posted so many steps, and answers its last line's number. */
export async function dropStale(
  tx: Tx,
  { runId, unitIds, postedChunks }: { runId: string; unitIds: readonly string[]; postedChunks: number },
): Promise<number> {
  const [last] = await rows<{ line: number }>(
    tx,
    'select coalesce(max(line), 0)::int as line from charge_line where run_id = $1',
    [runId],
  );
  await rows(tx, 'delete from charge_line where run_id = $1 and unit_id = any($2::uuid[]) and chunk > $3', [
    runId,
    unitIds,
    postedChunks,
  ]);
  await rows(tx, 'delete from charge_run_gap where run_id = $1 and unit_id = any($2::uuid[])', [runId, unitIds]);
  return last?.line ?? 0;
}

/** What a run comes to now. */
export async function totalsOfRun(
  tx: Tx,
  runId: string,
): Promise<{ lineCount: number; totalAmount: number; taxAmount: number; gapCount: number }> {
  const [sums] = await rows<{ lineCount: number; totalAmount: number; taxAmount: number; gapCount: number }>(
    tx,
    `select count(*)::int as "lineCount", coalesce(sum(amount), 0)::bigint as "totalAmount",
            coalesce(sum(tax_amount), 0)::bigint as "taxAmount",
            (select count(*)::int from charge_run_gap where run_id = $1) as "gapCount"
       from charge_line where run_id = $1`,
    [runId],
  );
  if (sums === undefined) throw new Error('an aggregate over tables has one row');
  return sums;
}

/** Charges that took the place of those of a run's step when the holder or the custody changed, and stand. */
export async function replacementsOfStep(tx: Tx, runId: string, chunk: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `with recursive moved as (
       select c.id from charge_line l join charge c on c.id = l.id and c.reason_code in ('HOLDER_CHANGED', 'CUSTODY_CHANGED')
        where l.run_id = $1 and l.chunk = $2
       union
       select n.id from moved m join charge n on n.cause_id = m.id and n.cause_service = 'billing' and n.cause_type = 'charge')
     select c.id from moved m join charge c on c.id = m.id where c.status <> 'REVERSED' order by c.id`,
    [runId, chunk],
  );
  return found.map(({ id }) => id);
}
