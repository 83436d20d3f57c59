import { addDays, localDate, monthOf, monthRange, newId, startOfLocalDay, startOfWeek } from '@steward/core';
import type { Tx } from '@steward/db';
import { complaintReportIssued } from '@steward/events';
import {
  communityOfTimer,
  insertAggregate,
  nextNumber,
  notify,
  publish,
  resolvePolicy,
  schedule,
  startDeadlines,
  type DueTimer,
} from '@steward/service-kit';

import { complaintReportAggregate } from '../db/aggregates.ts';
import { isIssued } from '../db/analysis-queries.ts';
import { complaintStatistics } from '../db/statistics-queries.ts';
import { analysisPolicy, customerServiceDepartment, limitPolicy, numberPrefixes } from '../domain/complaint-policy.ts';
import type { ComplaintReport } from '../domain/complaint-report.ts';
import { reviewClock } from '../domain/deadline-rules.ts';

export const weeklyReportTimer = 'complaint-weekly-report';
export const monthlyReportTimer = 'complaint-monthly-report';

/** When the week that an instant belongs to is over: Monday 00:00 in the community's zone. */
export const endOfWeek = (at: Date, zone: string): Date =>
  startOfLocalDay(addDays(startOfWeek(localDate(at, zone)), 7), zone);

/** When the month that an instant belongs to is over: the first of the next, 00:00 in the community's zone. */
export const endOfMonth = (at: Date, zone: string): Date => monthRange(monthOf(at, zone), zone).to;

type Days = Pick<ComplaintReport, 'period' | 'startsOn' | 'endsOn'>;

const weekBefore = (at: Date, zone: string): Days => {
  const endsOn = localDate(at, zone);
  return { period: 'WEEK', startsOn: addDays(endsOn, -7), endsOn };
};

const monthBefore = (at: Date, zone: string): Days => {
  const month = monthOf(new Date(at.getTime() - 1), zone);
  return { period: 'MONTH', startsOn: `${month}-01`, endsOn: localDate(at, zone) };
};

/** Timer: puts the figures of the week that has just ended on record (A038) and sets itself for the next. */
export async function issueWeeklyComplaintReport(tx: Tx, due: DueTimer): Promise<void> {
  await issue(tx, due, { kind: weeklyReportTimer, next: endOfWeek, days: weekBefore });
}

/** Timer: the same for the month. */
export async function issueMonthlyComplaintReport(tx: Tx, due: DueTimer): Promise<void> {
  await issue(tx, due, { kind: monthlyReportTimer, next: endOfMonth, days: monthBefore });
}

type Period = { kind: string; next(at: Date, zone: string): Date; days(at: Date, zone: string): Days };

async function issue(tx: Tx, due: DueTimer, { kind, next, days }: Period): Promise<void> {
  const community = await communityOfTimer(tx, due);
  if (community === null) return;
  const { id: communityId, timeZone: zone } = community;
  await schedule(tx, { kind, communityId, dueAt: next(due.dueAt, zone) });
  const { period, startsOn, endsOn } = days(due.dueAt, zone);
  if (await isIssued(tx, { communityId, period, startsOn })) return;
  const statistics = await complaintStatistics(tx, { communityId, startsOn, endsOn, zone });
  const number = await nextNumber(tx, communityId, numberPrefixes.report, zone);
  const open = { status: 'ISSUED' as const, conclusionSealed: null, reviewedAt: null };
  const fresh = { ...open, id: newId(), communityId, number, period, startsOn, endsOn, statistics };
  const note = { action: 'issueComplaintReport', reasonCode: period, rule: 'A038' };
  const report = await insertAggregate(tx, complaintReportAggregate, fresh, note);
  const { receivedCount, resolvedCount, timelinessRate } = statistics;
  const figures = { receivedCount, resolvedCount, timelinessRate };
  publish(tx, report, complaintReportIssued, { reportId: report.id, period, startsOn, endsOn, ...figures });
  const analysis = await resolvePolicy(tx, analysisPolicy, communityId);
  const clock = reviewClock(analysis, await resolvePolicy(tx, limitPolicy, communityId));
  await startDeadlines(tx, complaintReportAggregate, report, [clock], zone);
  const to = { role: 'supervisor', departmentCode: customerServiceDepartment } as const;
  const params = { number, complaints: receivedCount };
  await notify(tx, { communityId, to, template: 'complaintReportIssued', params, aggregateId: report.id });
}
