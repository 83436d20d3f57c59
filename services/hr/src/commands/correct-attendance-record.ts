import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { attendanceRecordEvents } from '@steward/events';
import {
  authorize,
  invocationOf,
  lockAggregates,
  lockAuthorized,
  managedCommunity,
  publish,
  refusalOf,
  resolvePolicy,
  saveAggregates,
  saveAndTell,
  type RefusalValue,
} from '@steward/service-kit';

import { attendanceRecordAggregate } from '../db/attendance-aggregates.ts';
import { dutyShiftEntity } from '../db/roster-entities.ts';
import { attendanceFact } from '../domain/attendance-facts.ts';
import { attendanceLimits } from '../domain/attendance-policy.ts';
import { reckonAttendance } from '../domain/attendance-rules.ts';
import type { AttendanceRecord } from '../domain/duty-attendance.ts';
import { rosterPolicy } from '../domain/duty-time-policy.ts';
import { moveBy, requireReason } from '../domain/duty-transition-rules.ts';
import type { CorrectAttendanceRecordInput, ReviewAttendanceRecordsInput } from '../graphql/generated.ts';

/** Puts wrongly clocked times right and reckons anew; a time that is given to who was absent makes them present. */
export async function correctAttendanceRecord(tx: Tx, input: CorrectAttendanceRecordInput): Promise<{ id: string }> {
  const record = await lockAuthorized(tx, attendanceRecordAggregate, input);
  const { now } = txScope(tx);
  requireOthers(tx, record);
  const reason = requireReason(input.reason);
  const inAt = input.clockedInAt ?? record.clockedInAt;
  const outAt = input.clockedOutAt ?? record.clockedOutAt;
  if ((inAt !== null && inAt > now) || (outAt !== null && outAt > now))
    throw new DomainError('BAD_USER_INPUT', 'IN_THE_FUTURE', { path: 'input' });
  if (inAt === null || (outAt !== null && outAt < inAt))
    throw new DomainError('BAD_USER_INPUT', 'RANGE_EMPTY', { path: 'input.clockedOutAt' });
  const corrected = moveBy(record, 'correctAttendanceRecord', outAt === null ? 'OPEN' : 'CLOSED');
  const shift = await tx.findOneByOrFail(dutyShiftEntity, { id: record.shiftId });
  const { handoverLeadMinutes: leadMinutes } = await resolvePolicy(tx, rosterPolicy, record.communityId);
  const reckoned = reckonAttendance(shift, { inAt, outAt, takenOverAt: null, leadMinutes, isStaying: false });
  const times = { outcome: 'PRESENT' as const, clockedInAt: inAt, clockedOutAt: outAt };
  const after = { ...corrected, ...reckoned, waitedMinutes: record.waitedMinutes, ...times };
  const note = { action: 'correctAttendanceRecord', reason, rule: 'A011' };
  const told = [attendanceRecordEvents.corrected, attendanceFact] as const;
  return { id: (await saveAndTell(tx, attendanceRecordAggregate, { before: record, after, note }, told)).id };
}

/** Nobody corrects or reviews their own attendance. */
function requireOthers(tx: Tx, { staffId }: AttendanceRecord): void {
  if (invocationOf(tx).viewer.staffId === staffId) throw new DomainError('FORBIDDEN', 'OWN_REQUEST', { rule: 'A212' });
}

export type ReviewAnswer = { id: string; refusal: RefusalValue | null };

/** Reviews records, each with its answer; a refused one does not stop the others. */
export async function reviewAttendanceRecords(
  tx: Tx,
  { communityId, recordIds }: ReviewAttendanceRecordsInput,
): Promise<{ results: ReviewAnswer[] }> {
  await authorize(tx, { communityId });
  await managedCommunity(tx, communityId);
  const most = attendanceLimits.review.value;
  if (recordIds.length < 1 || recordIds.length > most)
    throw new DomainError('BAD_USER_INPUT', 'TOO_MANY_ROWS', { path: 'input.recordIds', params: { most } });
  const locked = await lockAggregates(tx, attendanceRecordAggregate, [...new Set(recordIds)]);
  const pairs: { before: AttendanceRecord; after: AttendanceRecord }[] = [];
  const results = recordIds.map((id) => ({
    id,
    refusal: refusalOf(() => {
      const record = locked.get(id);
      if (record === undefined || record.communityId !== communityId) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
      requireOthers(tx, record);
      pairs.push({ before: record, after: moveBy(record, 'reviewAttendanceRecords', 'REVIEWED') });
      locked.delete(id);
    }),
  }));
  const note = { action: 'reviewAttendanceRecords', rule: 'A212' };
  const saved = await saveAggregates(tx, attendanceRecordAggregate, pairs, note);
  for (const record of saved) publish(tx, record, attendanceRecordEvents.reviewed, attendanceFact(record));
  return { results };
}
