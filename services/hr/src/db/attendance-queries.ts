import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { seal } from '@steward/service-kit';

import type {
  AttendanceRecord,
  ShiftHandover,
  ShiftHandoverItem,
  ShiftHandoverNote,
  ShiftHandoverTool,
} from '../domain/duty-attendance.ts';
import type { DutyShift } from '../domain/duty-roster.ts';
import type { HandoverNoteTerms } from '../domain/shift-handover-rules.ts';
import { attendanceRecordEntity, shiftHandoverEntity, shiftHandoverNoteEntity } from './attendance-entities.ts';
import { dutyShiftEntity } from './roster-entities.ts';

/** The shift that somebody goes on with when one of theirs ends: it begins at that time and has been taken up. */
export const stayingOn = (tx: Tx, { staffId, communityId, endsAt }: DutyShift): Promise<boolean> =>
  tx.existsBy(dutyShiftEntity, { staffId, communityId, startsAt: endsAt, status: 'STARTED' });

/** Whether the shift follows one of the same person that they are still at. */
export const staysFrom = (tx: Tx, { staffId, communityId, startsAt }: DutyShift): Promise<boolean> =>
  tx.existsBy(dutyShiftEntity, { staffId, communityId, endsAt: startsAt, status: 'STARTED' });

/** Whether a staff member is at any other shift. */
export async function isAtOtherShift(tx: Tx, staffId: string, shiftId: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from duty_shift where staff_id = $1 and id <> $2 and status = 'STARTED' limit 1`,
    [staffId, shiftId],
  );
  return found.length > 0;
}

export const isRosterPublished = async (tx: Tx, rosterId: string): Promise<boolean> =>
  (await rows(tx, `select 1 from duty_roster where id = $1 and status = 'PUBLISHED'`, [rosterId])).length > 0;

export const handoverOfShift = (tx: Tx, outgoingShiftId: string): Promise<ShiftHandover | null> =>
  tx.findOneBy(shiftHandoverEntity, { outgoingShiftId });

export const recordOfShift = (tx: Tx, shiftId: string): Promise<AttendanceRecord | null> =>
  tx.findOneBy(attendanceRecordEntity, { shiftId });

/** Roles of access that a staff member has by posts of a community on a day. */
export async function rolesOn(tx: Tx, staffId: string, communityId: string, day: string): Promise<string[]> {
  const found = await rows<{ role: string }>(
    tx,
    `select distinct role from staff_post where staff_id = $1 and community_id = $2 and valid_from <= $3
        and (valid_to is null or valid_to > $3)`,
    [staffId, communityId, day],
  );
  return found.map(({ role }) => role);
}

/** Work orders and complaints that are open in a community, oldest first. */
export const openItemsOf = (
  tx: Tx,
  communityIds: readonly string[],
): Promise<(ShiftHandoverItem & { communityId: string })[]> =>
  rows(
    tx,
    `select id, kind, number, is_urgent as "isUrgent", opened_at as "openedAt", community_id as "communityId"
       from duty_open_item where community_id = any($1::uuid[]) and is_open order by opened_at, id`,
    [communityIds],
  );

/** How many came in on a range of time. */
export async function countReceived(tx: Tx, communityId: string, from: Date, to: Date): Promise<number> {
  const [found] = await rows<{ count: number }>(
    tx,
    `select count(*)::int as count from duty_open_item where community_id = $1 and opened_at >= $2 and opened_at < $3`,
    [communityId, from, to],
  );
  return found?.count ?? 0;
}

/** Keeps notes sealed: they are words about people. */
export async function insertNotes(tx: Tx, handoverId: string, notes: readonly HandoverNoteTerms[]): Promise<void> {
  if (notes.length === 0) return;
  const { tenantId } = txScope(tx);
  const fresh: ShiftHandoverNote[] = notes.map(({ kind, text, reasonCode = null, itemId = null }) => ({
    id: newId(),
    tenantId,
    handoverId,
    kind,
    reasonCode,
    itemId,
    textSealed: seal(tx, text.trim()),
  }));
  await tx.createQueryBuilder().insert().into(shiftHandoverNoteEntity).values(fresh).updateEntity(false).execute();
}

export async function notedItems(tx: Tx, handoverId: string): Promise<Set<string>> {
  const found = await rows<{ itemId: string }>(
    tx,
    `select item_id as "itemId" from shift_handover_note where handover_id = $1 and item_id is not null`,
    [handoverId],
  );
  return new Set(found.map(({ itemId }) => itemId));
}

/** What the last accepted handover of the community's shifts of that kind counted. */
export async function expectedTools(tx: Tx, shift: DutyShift): Promise<Map<string, number>> {
  const found = await rows<{ toolCode: string; countedCount: number }>(
    tx,
    `select t.tool_code as "toolCode", t.counted_count as "countedCount" from shift_handover_tool t
      where t.handover_id = (
        select h.id from shift_handover h join duty_shift s on s.id = h.outgoing_shift_id
         where h.community_id = $1 and h.status = 'ACCEPTED' and s.is_service_centre = $2
           and ($2 or s.pattern_code = $3)
         order by h.accepted_at desc, h.id desc limit 1)`,
    [shift.communityId, shift.isServiceCentre, shift.patternCode],
  );
  return new Map(found.map(({ toolCode, countedCount }) => [toolCode, countedCount]));
}

export async function replaceTools(
  tx: Tx,
  handoverId: string,
  tools: readonly Omit<ShiftHandoverTool, 'handoverId'>[],
): Promise<void> {
  await rows(tx, 'delete from shift_handover_tool where handover_id = $1', [handoverId]);
  await rows(
    tx,
    `insert into shift_handover_tool (handover_id, tenant_id, tool_code, expected_count, counted_count, liable_staff_id)
     select $1, $2, t."toolCode", t."expectedCount", t."countedCount", t."liableStaffId"
       from jsonb_to_recordset($3::jsonb)
         as t("toolCode" text, "expectedCount" int, "countedCount" int, "liableStaffId" uuid)`,
    [handoverId, txScope(tx).tenantId, JSON.stringify(tools)],
  );
}

/** Shifts of published rosters that are over before a time and that nobody took up. */
export async function missedShifts(tx: Tx, communityId: string, before: Date): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select s.id from duty_shift s join duty_roster r on r.id = s.roster_id
      where s.community_id = $1 and s.status = 'PLANNED' and s.ends_at <= $2 and r.status = 'PUBLISHED'
      order by s.ends_at, s.id limit 500`,
    [communityId, before],
  );
  return found.map(({ id }) => id);
}

/** Shifts that were worked on a day, by their codes. */
export async function patternsWorkedOn(tx: Tx, communityId: string, day: string): Promise<string[]> {
  const found = await rows<{ code: string }>(
    tx,
    `select distinct s.pattern_code as code from duty_shift s join duty_roster r on r.id = s.roster_id
      where s.community_id = $1 and s.worked_on = $2 and s.status <> 'CANCELLED' and r.status = 'PUBLISHED' order by 1`,
    [communityId, day],
  );
  return found.map(({ code }) => code);
}

export const notesOfHandovers = `
  select id, tenant_id as "tenantId", handover_id as "handoverId", kind, reason_code as "reasonCode",
         item_id as "itemId", text_sealed as "textSealed"
    from shift_handover_note where handover_id = any($1::uuid[]) order by id`;

export const toolsOfHandovers = `
  select handover_id as "handoverId", tool_code as "toolCode", expected_count as "expectedCount",
         counted_count as "countedCount", liable_staff_id as "liableStaffId"
    from shift_handover_tool where handover_id = any($1::uuid[]) order by tool_code`;
