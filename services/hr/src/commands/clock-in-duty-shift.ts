import { DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { attendanceRecordEvents, dutyShiftEvents, staffDutyChanged } from '@steward/events';
import {
  insertAndTell,
  lockAggregate,
  lockAuthorized,
  nextNumber,
  publish,
  resolvePolicy,
  saveAggregate,
  saveAndTell,
  zoneOf,
} from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { attendanceRecordAggregate } from '../db/attendance-aggregates.ts';
import { isAtOtherShift, isRosterPublished, staysFrom } from '../db/attendance-queries.ts';
import { dutyShiftAggregate } from '../db/roster-aggregates.ts';
import { attendanceFact } from '../domain/attendance-facts.ts';
import { attendancePrefixes } from '../domain/attendance-policy.ts';
import { reckonAttendance, requireClockIn } from '../domain/attendance-rules.ts';
import { shiftFact } from '../domain/duty-facts.ts';
import type { DutyShift } from '../domain/duty-roster.ts';
import { isDutyOpen } from '../domain/duty-rules.ts';
import { rosterPolicy } from '../domain/duty-time-policy.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { dutyFact } from '../domain/staff-facts.ts';
import type { ClockInDutyShiftInput } from '../graphql/generated.ts';
import { watchDesk } from './watch-desk.ts';

export async function clockInDutyShift(tx: Tx, { shiftId }: ClockInDutyShiftInput): Promise<{ id: string }> {
  const { now } = txScope(tx);
  const shift = await lockAuthorized(tx, dutyShiftAggregate, { id: shiftId });
  const started = { ...moveBy(shift, 'clockInDutyShift', 'STARTED'), startedAt: now };
  if (!(await isRosterPublished(tx, shift.rosterId)))
    throw new DomainError('CONFLICT', 'SHIFT_NOT_PUBLISHED', { rule: 'A212' });
  const { earliestClockInMinutes } = await resolvePolicy(tx, rosterPolicy, shift.communityId);
  requireClockIn(shift, now, earliestClockInMinutes);
  await openRecord(tx, shift, now);
  const note = { action: 'clockInDutyShift', rule: 'A027' };
  await saveAndTell(tx, dutyShiftAggregate, { before: shift, after: started, note }, [
    dutyShiftEvents.started,
    shiftFact,
  ]);
  await putOnDuty(tx, shift.staffId, now);
  if (shift.isServiceCentre) await watchDesk(tx, shift.communityId, 'NOBODY_CAME');
  return { id: shift.id };
}

async function openRecord(tx: Tx, shift: DutyShift, now: Date): Promise<void> {
  const { communityId, staffId, workedOn, id: shiftId } = shift;
  const { handoverLeadMinutes: leadMinutes } = await resolvePolicy(tx, rosterPolicy, communityId);
  const isStaying = await staysFrom(tx, shift);
  const clocked = { inAt: now, outAt: null, takenOverAt: null, leadMinutes, isStaying };
  const number = await nextNumber(tx, communityId, attendancePrefixes.attendance, await zoneOf(tx, communityId));
  const identity = { id: newId(), communityId, number, shiftId, staffId, workedOn };
  const state = { outcome: 'PRESENT' as const, status: 'OPEN' as const, clockedInAt: now, clockedOutAt: null };
  const fresh = { ...identity, ...state, ...reckonAttendance(shift, clocked), closeOutCodes: [] };
  const note = { action: 'clockInDutyShift', rule: 'A011' };
  await insertAndTell(tx, attendanceRecordAggregate, fresh, note, [attendanceRecordEvents.opened, attendanceFact]);
}

/** Other services ask who is on duty; from here on until the shift is left. */
async function putOnDuty(tx: Tx, staffId: string, now: Date): Promise<void> {
  const staff = await lockAggregate(tx, staffAggregate, staffId);
  if (isDutyOpen(staff, now) && staff.dutyFrom !== null && staff.dutyFrom <= now) return;
  const onDuty = { ...staff, dutyFrom: now, dutyTo: null };
  const saved = await saveAggregate(tx, staffAggregate, staff, onDuty, { action: 'clockInDutyShift' });
  publish(tx, saved, staffDutyChanged, dutyFact(saved));
}

/** Off duty, unless another shift goes on. */
export async function takeOffDuty(tx: Tx, { staffId, id }: DutyShift, now: Date): Promise<void> {
  if (await isAtOtherShift(tx, staffId, id)) return;
  const staff = await lockAggregate(tx, staffAggregate, staffId);
  if (!isDutyOpen(staff, now) || staff.dutyFrom === null || staff.dutyFrom >= now) return;
  const saved = await saveAggregate(
    tx,
    staffAggregate,
    staff,
    { ...staff, dutyTo: now },
    { action: 'clockOutDutyShift' },
  );
  publish(tx, saved, staffDutyChanged, dutyFact(saved));
}
