import { addDays, localDate, newId, nextMidnight, startOfLocalDay } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { attendanceRecordEvents, dailyDutyReviewEvents, dutyShiftEvents } from '@steward/events';
import {
  communityOfTimer,
  insertAggregates,
  insertAndTell,
  lockAggregates,
  nextNumber,
  nextNumbers,
  notify,
  openChecklist,
  publish,
  resolvePolicy,
  saveAggregates,
  schedule,
  scheduleUnlessWaiting,
  startDeadline,
  type DueTimer,
} from '@steward/service-kit';

import { attendanceRecordAggregate, dailyDutyReviewAggregate } from '../db/attendance-aggregates.ts';
import { dailyDutyReviewEntity } from '../db/attendance-entities.ts';
import { countReceived, missedShifts, patternsWorkedOn } from '../db/attendance-queries.ts';
import { leavesOfStaff } from '../db/leave-queries.ts';
import { dutyShiftAggregate } from '../db/roster-aggregates.ts';
import { attendanceFact, dailyReviewFact } from '../domain/attendance-facts.ts';
import { attendancePrefixes, dailyChecks, postChecks } from '../domain/attendance-policy.ts';
import { shiftFact } from '../domain/duty-facts.ts';
import type { DutyShift } from '../domain/duty-roster.ts';
import { rosterPolicy } from '../domain/duty-time-policy.ts';
import { startConductDays } from './conduct-day.ts';

export const dutyDayTimer = 'duty-day';

export const dailyChecklist = 'DAILY_DUTY';

/** From the first roster in force on, each day is closed at midnight. */
export async function startDutyDays(tx: Tx, communityId: string, zone: string): Promise<void> {
  await scheduleUnlessWaiting(tx, { kind: dutyDayTimer, communityId, dueAt: nextMidnight(txScope(tx).now, zone) });
  await startConductDays(tx, communityId, zone);
}

/** Timer: who did not come yesterday was absent or at leave (A011, B035), and the supervisor gets the day's list (A236, A239). */
export async function closeDutyDay(tx: Tx, due: DueTimer): Promise<void> {
  const community = await communityOfTimer(tx, due);
  if (community === null) return;
  const { id: communityId, timeZone: zone } = community;
  await schedule(tx, { kind: dutyDayTimer, communityId, dueAt: nextMidnight(due.dueAt, zone) });
  await startConductDays(tx, communityId, zone);
  await markMissed(tx, communityId, zone, due.dueAt);
  await openDailyReview(tx, communityId, zone, due.dueAt);
}

async function markMissed(tx: Tx, communityId: string, zone: string, before: Date): Promise<void> {
  const locked = await lockAggregates(tx, dutyShiftAggregate, await missedShifts(tx, communityId, before));
  const missed = [...locked.values()].filter(({ status }) => status === 'PLANNED');
  if (missed.length === 0) return;
  const pairs = missed.map((shift) => ({ before: shift, after: { ...shift, status: 'MISSED' as const } }));
  const note = { action: 'closeDutyDay', rule: 'A011' };
  for (const shift of await saveAggregates(tx, dutyShiftAggregate, pairs, note)) {
    publish(tx, shift, dutyShiftEvents.missed, shiftFact(shift));
  }
  const leaves = await leavesOfStaff(
    tx,
    missed.map(({ staffId }) => staffId),
  );
  const isAtLeave = ({ staffId, workedOn }: DutyShift): boolean =>
    (leaves.get(staffId) ?? []).some(({ firstDay, lastDay }) => firstDay <= workedOn && workedOn <= lastDay);
  const count = missed.length;
  const numbers = await nextNumbers(tx, { communityId, prefix: attendancePrefixes.attendance, zone, count });
  const nothing = { isInTimeForHandover: null, lateMinutes: 0, earlyMinutes: 0, waitedMinutes: 0, closeOutCodes: [] };
  const fresh = missed.map((shift, index) => ({
    id: newId(),
    communityId,
    number: numbers[index] ?? '',
    shiftId: shift.id,
    staffId: shift.staffId,
    workedOn: shift.workedOn,
    outcome: isAtLeave(shift) ? ('ON_LEAVE' as const) : ('ABSENT' as const),
    status: 'CLOSED' as const,
    clockedInAt: null,
    clockedOutAt: null,
    ...nothing,
  }));
  for (const record of await insertAggregates(tx, attendanceRecordAggregate, fresh, note)) {
    publish(tx, record, attendanceRecordEvents.closed, attendanceFact(record));
  }
}

async function openDailyReview(tx: Tx, communityId: string, zone: string, at: Date): Promise<void> {
  const reviewOn = localDate(at, zone);
  if (await tx.existsBy(dailyDutyReviewEntity, { communityId, reviewOn })) return;
  const dayBefore = addDays(reviewOn, -1);
  const [from, to] = [startOfLocalDay(dayBefore, zone), startOfLocalDay(reviewOn, zone)];
  const receivedCount = await countReceived(tx, communityId, from, to);
  const number = await nextNumber(tx, communityId, attendancePrefixes.review, zone);
  const open = { status: 'OPEN' as const, completedAt: null };
  const fresh = { id: newId(), communityId, number, reviewOn, receivedCount, ...open };
  const note = { action: 'closeDutyDay', rule: 'A236' };
  const told = [dailyDutyReviewEvents.opened, dailyReviewFact] as const;
  const review = await insertAndTell(tx, dailyDutyReviewAggregate, fresh, note, told);
  const posts = await patternsWorkedOn(tx, communityId, dayBefore);
  await openChecklist(tx, dailyDutyReviewAggregate, review, dailyChecklist, [
    ...dailyChecks.codes.map((code) => ({ code, rule: dailyChecks.rule })),
    ...posts.map((code) => ({ code: `${postChecks.prefix}${code}`, rule: postChecks.rule })),
  ]);
  const { dailyReviewHours } = await resolvePolicy(tx, rosterPolicy, communityId);
  const supervisor = { role: 'supervisor' } as const;
  const escalations = [
    { afterShare: 1, to: supervisor },
    { afterShare: 2, to: { role: 'director' } as const },
  ];
  const span = { amount: dailyReviewHours, unit: 'hour' as const };
  const clock = { kind: 'DAILY_REVIEW', rule: 'A236', span, escalations };
  await startDeadline(tx, dailyDutyReviewAggregate, review, clock, { zone });
  await notify(tx, {
    communityId,
    to: supervisor,
    template: 'dailyReviewOpened',
    params: { number },
    aggregateId: review.id,
  });
}
