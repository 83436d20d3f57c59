import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { attendanceRecordEvents, dutyShiftEvents } from '@steward/events';
import { lockAggregate, lockAuthorized, resolvePolicy, saveAndTell } from '@steward/service-kit';

import { attendanceRecordAggregate } from '../db/attendance-aggregates.ts';
import { handoverOfShift, recordOfShift, stayingOn, staysFrom } from '../db/attendance-queries.ts';
import { dutyShiftAggregate } from '../db/roster-aggregates.ts';
import { attendanceFact } from '../domain/attendance-facts.ts';
import { closeOutViolations, reckonAttendance, requireReleased } from '../domain/attendance-rules.ts';
import { shiftFact } from '../domain/duty-facts.ts';
import type { DutyShift } from '../domain/duty-roster.ts';
import { rosterPolicy } from '../domain/duty-time-policy.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import type { ClockOutDutyShiftInput } from '../graphql/generated.ts';
import { takeOffDuty } from './clock-in-duty-shift.ts';
import { watchDesk } from './watch-desk.ts';

/** Nobody leaves before the relief has taken over (A031) and the close-out list is done (A047). */
export async function clockOutDutyShift(tx: Tx, input: ClockOutDutyShiftInput): Promise<{ id: string }> {
  const { now } = txScope(tx);
  const shift = await lockAuthorized(tx, dutyShiftAggregate, { id: input.shiftId });
  const left = { ...moveBy(shift, 'clockOutDutyShift', 'ENDED'), endedAt: now, awayFrom: null, substituteId: null };
  const handover = await handoverOfShift(tx, shift.id);
  requireReleased({ shift, handover, isStaying: await stayingOn(tx, shift) });
  const closeOutCodes = [...new Set(input.closeOutCodes ?? [])];
  if (shift.isHandoverRequired) refuseAll(closeOutViolations(closeOutCodes));
  await closeRecord(tx, shift, { now, takenOverAt: handover?.acceptedAt ?? null, closeOutCodes });
  const note = { action: 'clockOutDutyShift', rule: 'A047' };
  await saveAndTell(tx, dutyShiftAggregate, { before: shift, after: left, note }, [dutyShiftEvents.ended, shiftFact]);
  await takeOffDuty(tx, shift, now);
  if (shift.isServiceCentre) await watchDesk(tx, shift.communityId, 'DESK_LEFT');
  return { id: shift.id };
}

type Closing = { now: Date; takenOverAt: Date | null; closeOutCodes: string[] };

async function closeRecord(tx: Tx, shift: DutyShift, { now, takenOverAt, closeOutCodes }: Closing): Promise<void> {
  const known = await recordOfShift(tx, shift.id);
  if (known === null) throw new Error('a shift that was taken up has a record');
  const record = await lockAggregate(tx, attendanceRecordAggregate, known.id);
  const { handoverLeadMinutes: leadMinutes } = await resolvePolicy(tx, rosterPolicy, shift.communityId);
  const inAt = record.clockedInAt ?? now;
  const isStaying = record.isInTimeForHandover === true && (await staysFrom(tx, shift));
  const reckoned = reckonAttendance(shift, { inAt, outAt: now, takenOverAt, leadMinutes, isStaying });
  // Whether they came in time was said when they came.
  const came = { isInTimeForHandover: record.isInTimeForHandover, lateMinutes: record.lateMinutes };
  const closed = { ...record, ...reckoned, ...came, status: 'CLOSED' as const, clockedOutAt: now, closeOutCodes };
  const note = { action: 'clockOutDutyShift', rule: 'A011' };
  const told = [attendanceRecordEvents.closed, attendanceFact] as const;
  await saveAndTell(tx, attendanceRecordAggregate, { before: record, after: closed, note }, told);
}
