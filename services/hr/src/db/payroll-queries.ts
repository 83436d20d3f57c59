import { rows, txScope, type Tx } from '@steward/db';

import type { PayrollLineRow } from '../domain/pay.ts';
import type { PayFacts } from '../domain/payroll-rules.ts';

type OfStaff<T> = T & { staffId: string };

function byStaff<T extends { staffId: string }>(found: readonly T[]): Map<string, T[]> {
  const index = new Map<string, T[]>();
  for (const row of found) {
    const known = index.get(row.staffId);
    if (known === undefined) index.set(row.staffId, [row]);
    else known.push(row);
  }
  return index;
}

type Month = { communityId: string; from: string; to: string };

/** What the pay of a community's staff is computed from, in six statements however many they are; by staff number. */
export async function payFactsOf(tx: Tx, { communityId, from, to }: Month): Promise<PayFacts[]> {
  const staff = await rows<Pick<PayFacts, 'staffId' | 'employedOn' | 'leftOn'>>(
    tx,
    `select id as "staffId", employed_on::text as "employedOn", left_on::text as "leftOn" from staff
      where community_id = $1 and employed_on < $3 and (left_on is null or left_on > $2) order by number, id`,
    [communityId, from, to],
  );
  const ids = staff.map(({ staffId }) => staffId);
  const days = [ids, from, to];
  const bases = await rows<OfStaff<PayFacts['bases'][number]>>(
    tx,
    `select staff_id as "staffId", valid_from::text as "validFrom", base_amount::float8 as "baseAmount" from staff_pay
      where staff_id = any($1::uuid[]) and valid_from < $2 order by valid_from`,
    [ids, to],
  );
  const attendance = await rows<OfStaff<PayFacts['attendance'][number]>>(
    tx,
    `select staff_id as "staffId", worked_on::text as "workedOn", outcome, late_minutes as "lateMinutes",
            early_minutes as "earlyMinutes", waited_minutes as "waitedMinutes" from attendance_record
      where staff_id = any($1::uuid[]) and worked_on >= $2 and worked_on < $3 order by worked_on, id`,
    days,
  );
  const leaves = await rows<OfStaff<PayFacts['leaves'][number]>>(
    tx,
    `select staff_id as "staffId", kind_code as "kindCode", starts_on::text as "startsOn", ends_on::text as "endsOn"
       from leave_request where staff_id = any($1::uuid[]) and status = 'APPROVED' and starts_on < $3 and ends_on > $2
      order by starts_on, id`,
    days,
  );
  const overtime = await rows<OfStaff<PayFacts['overtime'][number]>>(
    tx,
    `select staff_id as "staffId", worked_on::text as "workedOn",
            floor(extract(epoch from overtime_to - overtime_from) / 60)::int as minutes from overtime_request
      where staff_id = any($1::uuid[]) and status = 'APPROVED' and worked_on >= $2 and worked_on < $3
      order by worked_on, id`,
    days,
  );
  const conduct = await rows<OfStaff<PayFacts['conduct'][number]>>(
    tx,
    `select staff_id as "staffId", kind_code as "kindCode", points, reward_amount::float8 as "rewardAmount",
            occurred_on::text as "occurredOn" from conduct_record
      where staff_id = any($1::uuid[]) and status = 'RECORDED' and occurred_on >= $2 and occurred_on < $3
      order by occurred_on, id`,
    days,
  );
  const of = { bases: byStaff(bases), attendance: byStaff(attendance), leaves: byStaff(leaves) };
  const more = { overtime: byStaff(overtime), conduct: byStaff(conduct) };
  return staff.map((one) => ({
    ...one,
    bases: of.bases.get(one.staffId) ?? [],
    attendance: of.attendance.get(one.staffId) ?? [],
    leaves: of.leaves.get(one.staffId) ?? [],
    overtime: more.overtime.get(one.staffId) ?? [],
    conduct: more.conduct.get(one.staffId) ?? [],
  }));
}

/** Attendance of a month that nobody has reviewed. */
export async function countUnreviewed(tx: Tx, { communityId, from, to }: Month): Promise<number> {
  const [found] = await rows<{ count: number }>(
    tx,
    `select count(*)::int as count from attendance_record a join staff s on s.id = a.staff_id
      where s.community_id = $1 and a.worked_on >= $2 and a.worked_on < $3 and a.status <> 'REVIEWED'`,
    [communityId, from, to],
  );
  return found?.count ?? 0;
}

/** Puts the lines of a sheet in place of those that it had, in two statements. */
export async function replacePayrollLines(tx: Tx, sheetId: string, lines: readonly PayrollLineRow[]): Promise<void> {
  await rows(tx, 'delete from payroll_line where sheet_id = $1', [sheetId]);
  await rows(
    tx,
    `insert into payroll_line (sheet_id, tenant_id, staff_id, position, kind, quantity, amount, params)
     select $1, $2, l."staffId", l.position, l.kind, l.quantity, l.amount, l.params
       from jsonb_to_recordset($3::jsonb)
         as l("staffId" uuid, position int, kind text, quantity numeric, amount bigint, params jsonb)`,
    [sheetId, txScope(tx).tenantId, JSON.stringify(lines)],
  );
}

const lineColumns = `l.staff_id as "staffId", l.position, l.kind, l.quantity::text, l.amount::float8 as amount, l.params`;

/** The lines of a sheet by staff number; of one staff member where one is asked for. */
export const payrollLinesOf = (
  tx: Tx,
  sheetId: string,
  staffId: string | null = null,
): Promise<(PayrollLineRow & { staffNumber: string })[]> =>
  rows(
    tx,
    `select ${lineColumns}, s.number as "staffNumber" from payroll_line l join staff s on s.id = l.staff_id
      where l.sheet_id = $1 and ($2::uuid is null or l.staff_id = $2) order by s.number, l.staff_id, l.position`,
    [sheetId, staffId],
  );

/** Whether a day belongs to a month whose pay is approved. */
export async function isPaid(tx: Tx, communityId: string, day: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from payroll_sheet where community_id = $1 and month = $2 and status = 'APPROVED'`,
    [communityId, day.slice(0, 7)],
  );
  return found.length > 0;
}

export async function setBasePay(tx: Tx, staffId: string, validFrom: string, baseAmount: number): Promise<void> {
  await rows(
    tx,
    `insert into staff_pay (staff_id, tenant_id, valid_from, base_amount) values ($1, $2, $3, $4)
     on conflict (staff_id, valid_from) do update set base_amount = excluded.base_amount`,
    [staffId, txScope(tx).tenantId, validFrom, baseAmount],
  );
}
