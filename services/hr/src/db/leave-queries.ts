import { rows, type Tx } from '@steward/db';

/** Days of leave, both included. */
export type LeaveDays = { firstDay: string; lastDay: string };

/** Leave that was approved, by staff member: what nobody has approved is absence (B035). */
export async function leavesOfStaff(tx: Tx, staffIds: readonly string[]): Promise<Map<string, LeaveDays[]>> {
  const found = await rows<LeaveDays & { staffId: string }>(
    tx,
    `select staff_id as "staffId", starts_on::text as "firstDay", (ends_on - 1)::text as "lastDay"
       from leave_request where staff_id = any($1::uuid[]) and status = 'APPROVED' order by starts_on`,
    [[...new Set(staffIds)]],
  );
  const leaves = new Map<string, LeaveDays[]>();
  for (const { staffId, ...days } of found) leaves.set(staffId, [...(leaves.get(staffId) ?? []), days]);
  return leaves;
}

/** When the first shift of a staff member on a day begins; null if there is none in force. */
export async function firstShiftOn(tx: Tx, staffId: string, day: string): Promise<Date | null> {
  const [found] = await rows<{ startsAt: Date }>(
    tx,
    `select s.starts_at as "startsAt" from duty_shift s join duty_roster r on r.id = s.roster_id
      where s.staff_id = $1 and s.worked_on = $2 and s.status <> 'CANCELLED' and r.status = 'PUBLISHED'
      order by s.starts_at limit 1`,
    [staffId, day],
  );
  return found?.startsAt ?? null;
}

/** Whether leave on one of the days is asked for or approved already. */
export async function hasOpenLeave(tx: Tx, staffId: string, startsOn: string, endsOn: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from leave_request where staff_id = $1 and starts_on < $3 and ends_on > $2
        and status in ('REQUESTED', 'ENDORSED', 'APPROVED') limit 1`,
    [staffId, startsOn, endsOn],
  );
  return found.length > 0;
}

/** Whether overtime at some of the time is asked for or approved already. */
export async function hasOpenOvertime(tx: Tx, staffId: string, from: Date, to: Date): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from overtime_request where staff_id = $1 and overtime_from < $3 and overtime_to > $2
        and status in ('REQUESTED', 'APPROVED') limit 1`,
    [staffId, from, to],
  );
  return found.length > 0;
}
