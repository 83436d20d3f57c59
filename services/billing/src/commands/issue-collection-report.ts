import { addDays, localDate, monthOf, monthRange, newId, startOfLocalDay } from '@steward/core';
import type { Tx } from '@steward/db';
import { collectionReportIssued } from '@steward/events';
import {
  findCommunityReference,
  insertAggregate,
  nextNumber,
  notify,
  publish,
  resolvePolicy,
  schedule,
  startDeadline,
  type DueTimer,
} from '@steward/service-kit';

import { collectionStatistics } from '../db/collection-queries.ts';
import { collectionReportAggregate } from '../db/ledger-aggregates.ts';
import { collectionReportEntity } from '../db/report-entities.ts';
import type { CollectionReport } from '../domain/collection-report.ts';
import { collectionPolicy, customerServiceDepartment, numberPrefixes } from '../domain/ledger-policy.ts';
import { reviewClock } from '../domain/report-rules.ts';

export const dailyReportTimer = 'collection-daily-report';
export const monthlyReportTimer = 'collection-monthly-report';

/** When the day that an instant belongs to is over, in the community's zone. */
export const endOfDay = (at: Date, zone: string): Date => startOfLocalDay(addDays(localDate(at, zone), 1), zone);

/** When the month that an instant belongs to is over, in the community's zone. */
export const endOfMonth = (at: Date, zone: string): Date => monthRange(monthOf(at, zone), zone).to;

type Days = Pick<CollectionReport, 'period' | 'startsOn' | 'endsOn'>;
type Period = { kind: string; next(at: Date, zone: string): Date; days(at: Date, zone: string): Days };

const dayBefore = (at: Date, zone: string): Days => {
  const endsOn = localDate(at, zone);
  return { period: 'DAY', startsOn: addDays(endsOn, -1), endsOn };
};

const monthBefore = (at: Date, zone: string): Days => {
  const month = monthOf(new Date(at.getTime() - 1), zone);
  return { period: 'MONTH', startsOn: `${month}-01`, endsOn: localDate(at, zone) };
};

/** Timer: what was collected on the day that has just ended, to who leads (B011). */
export async function issueDailyCollectionReport(tx: Tx, due: DueTimer): Promise<void> {
  await issue(tx, due, { kind: dailyReportTimer, next: endOfDay, days: dayBefore });
}

/** Timer: the month that has just ended, with rates and arrears, to the director (A254, A235). */
export async function issueMonthlyCollectionReport(tx: Tx, due: DueTimer): Promise<void> {
  await issue(tx, due, { kind: monthlyReportTimer, next: endOfMonth, days: monthBefore });
}

async function issue(tx: Tx, due: DueTimer, { kind, next, days }: Period): Promise<void> {
  const community = await findCommunityReference(tx, due.communityId ?? '');
  if (community === null || community.status === 'LEFT') return;
  const { id: communityId, timeZone: zone, currency } = community;
  await schedule(tx, { kind, communityId, dueAt: next(due.dueAt, zone) });
  const range = days(due.dueAt, zone);
  const { period, startsOn, endsOn } = range;
  if (await tx.existsBy(collectionReportEntity, { communityId, period, startsOn })) return;
  const values = await resolvePolicy(tx, collectionPolicy, communityId);
  const statistics = await collectionStatistics(tx, { communityId, startsOn, endsOn }, values);
  const number = await nextNumber(tx, communityId, numberPrefixes.report, zone);
  const open = { status: 'ISSUED' as const, planSealed: null, meetingOn: null, reviewedAt: null };
  const fresh = { ...open, ...range, id: newId(), communityId, number, statistics };
  const rule = period === 'DAY' ? 'B011' : 'A254';
  const note = { action: 'issueCollectionReport', reasonCode: period, rule };
  const report = await insertAggregate(tx, collectionReportAggregate, fresh, note);
  const { chargedAmount, collectedAmount, collectionRate, receivedAmount, arrears } = statistics;
  const figures = { chargedAmount, collectedAmount, collectionRate, receivedAmount, arrearsAmount: arrears.amount };
  publish(tx, report, collectionReportIssued, { reportId: report.id, ...range, currency, ...figures });
  const params = { number, received: receivedAmount, arrears: arrears.amount, rate: collectionRate ?? '-' };
  const to =
    period === 'DAY'
      ? ({ role: 'supervisor', departmentCode: customerServiceDepartment } as const)
      : ({ role: 'director' } as const);
  const template = period === 'DAY' ? 'collectionDay' : 'collectionMonth';
  await notify(tx, { communityId, to, template, params, aggregateId: report.id });
  if (period === 'MONTH') await startDeadline(tx, collectionReportAggregate, report, reviewClock(values), { zone });
}
