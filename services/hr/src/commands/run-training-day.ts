import { addDays, localDate, nextMidnight, startOfWeek } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import type { communityRegistered, StewardEvent } from '@steward/events';
import {
  communityOfTimer,
  notify,
  resolvePolicy,
  schedule,
  scheduleUnlessWaiting,
  type DueTimer,
} from '@steward/service-kit';

import { readingsOfLeft } from '../db/document-queries.ts';
import { regularMeetings } from '../db/meeting-queries.ts';
import { circlesOn, membersOn, uninductedSince } from '../db/training-queries.ts';
import { rolesNamed } from '../domain/staff-check-rules.ts';
import type { StaffMeeting } from '../domain/staff-meeting.ts';
import { meetingDay } from '../domain/training-calendar-rules.ts';
import { officeAttendees, trainingPolicy } from '../domain/training-policy.ts';
import { assignReadings, cancelReadings } from './assign-document-reading.ts';
import { closeQuotas, openQuota, startPlanClock } from './count-training-quota.ts';
import { planMeeting } from './hold-staff-meeting.ts';
import { openQualityReview } from './review-quality.ts';
import { daysOfMonth, daysOfWeek, isWorkday, lastMonth, nextMonth } from './training-calendar.ts';

export const trainingDayTimer = 'training-day';

type CommunityData = ReturnType<(typeof communityRegistered)['data']['parse']>;

/** Reaction: from its registration on a community has its days of training, meetings and reviews. */
export async function startTrainingDays(tx: Tx, { data }: StewardEvent<CommunityData>): Promise<void> {
  const { communityId, timeZone, status } = data;
  if (status === 'LEFT') return;
  const dueAt = nextMidnight(txScope(tx).now, timeZone);
  await scheduleUnlessWaiting(tx, { kind: trainingDayTimer, communityId, dueAt });
}

/** What every part of the day works with; `at` is its midnight, however late the timer runs. */
type Day = { communityId: string; zone: string; on: string; at: Date };

/** Timer: each midnight, what a day, a week and a month begin with. */
export async function runTrainingDay(tx: Tx, due: DueTimer): Promise<void> {
  const community = await communityOfTimer(tx, due);
  if (community === null) return;
  const { id: communityId, timeZone: zone } = community;
  await schedule(tx, { kind: trainingDayTimer, communityId, dueAt: nextMidnight(due.dueAt, zone) });
  const on = localDate(due.dueAt, zone);
  const day = { communityId, zone, on, at: due.dueAt };
  await closeQuotas(tx, communityId, on);
  if (startOfWeek(on) === on) await beginWeek(tx, day);
  if (on.endsWith('-01')) await beginMonth(tx, day);
  await cancelReadings(tx, await readingsOfLeft(tx, communityId, on), 'runTrainingDay');
  await assignReadings(tx, { communityId, zone, on, startedAt: due.dueAt });
  await remindOfInductions(tx, day);
}

/** Each department owes a session of daily business (A241), and the weekly meetings are due (A240, B009). */
async function beginWeek(tx: Tx, day: Day): Promise<void> {
  const { communityId, zone, on: startsOn } = day;
  const { departmentIds, teams } = await circlesOn(tx, communityId, startsOn);
  if (!daysOfWeek(startsOn).some(isWorkday)) return;
  const { weeklySessions: neededCount, ...weekdays } = await resolvePolicy(tx, trainingPolicy, communityId);
  for (const departmentId of departmentIds) {
    const week = { period: 'WEEK', kind: 'BUSINESS', startsOn, endsOn: addDays(startsOn, 7) } as const;
    await openQuota(tx, { communityId, departmentId, ...week, neededCount }, zone);
  }
  const round = [
    ...departmentIds.map((departmentId) => ({
      kind: 'DEPARTMENT' as const,
      departmentId,
      teamId: null,
      weekday: weekdays.departmentMeetingWeekday,
    })),
    ...teams.map((team) => ({ kind: 'TEAM' as const, ...team, weekday: weekdays.teamMeetingWeekday })),
  ];
  const leaders = await membersOn(tx, { communityId, roles: rolesNamed(officeAttendees.roles) }, startsOn);
  const office = { kind: 'OFFICE' as const, departmentId: null, teamId: null, weekday: weekdays.officeMeetingWeekday };
  await planRound(tx, day, leaders.length === 0 ? round : [...round, office]);
}

type Circle = Pick<StaffMeeting, 'kind' | 'departmentId' | 'teamId'> & { weekday: number };

async function planRound(tx: Tx, { communityId, zone, on, at }: Day, circles: readonly Circle[]): Promise<void> {
  const known = await regularMeetings(tx, communityId, on, addDays(on, 7));
  for (const { weekday, ...circle } of circles) {
    const { kind, departmentId, teamId } = circle;
    const isKnown = known.some(
      (one) => one.kind === kind && one.departmentId === departmentId && one.teamId === teamId,
    );
    const meetingOn = meetingDay(daysOfWeek(on), weekday, isWorkday);
    if (isKnown || meetingOn === null) continue;
    const terms = { communityId, ...circle, chairId: null, meetingOn, isRegular: true, agendaSealed: null };
    await planMeeting(tx, terms, { zone, startedAt: at, action: 'runTrainingDay' });
  }
}

/** Each department owes an intensive session this month and a plan of the next (A243); last month is reviewed (A256). */
async function beginMonth(tx: Tx, { communityId, zone, on, at }: Day): Promise<void> {
  const { departmentIds } = await circlesOn(tx, communityId, on);
  const { monthlyIntensiveSessions: neededCount } = await resolvePolicy(tx, trainingPolicy, communityId);
  const month = on.slice(0, 7);
  for (const departmentId of departmentIds) {
    const owed = { communityId, departmentId, period: 'MONTH', kind: 'INTENSIVE', neededCount } as const;
    await openQuota(tx, { ...owed, ...daysOfMonth(month) }, zone);
    const next = await openQuota(tx, { ...owed, ...daysOfMonth(nextMonth(month)) }, zone);
    if (next !== null) await startPlanClock(tx, next, on, zone);
  }
  if (departmentIds.length > 0) await openQualityReview(tx, communityId, lastMonth(month), { zone, startedAt: at });
}

/** Who was employed some days ago and has not passed an induction (A010, B004). */
async function remindOfInductions(tx: Tx, { communityId, on }: Day): Promise<void> {
  const { inductionReminderDays } = await resolvePolicy(tx, trainingPolicy, communityId);
  for (const { id: aggregateId, number } of await uninductedSince(tx, communityId, addDays(on, -inductionReminderDays)))
    for (const role of ['supervisor', 'trainer'] as const)
      await notify(tx, { communityId, to: { role }, template: 'inductionMissing', params: { number }, aggregateId });
}
