import { monthOf, monthRange, newId } from '@steward/core';
import type { Tx } from '@steward/db';
import { workOrderMonthlyReportIssued } from '@steward/events';
import {
  insertAggregate,
  nextNumber,
  notify,
  publish,
  resolvePolicy,
  schedule,
  type DueTimer,
} from '@steward/service-kit';

import { workOrderMonthlyReportAggregate } from '../db/aggregates.ts';
import { startClocks } from '../db/clocks.ts';
import { communityReference } from '../db/community-queries.ts';
import { isIssued } from '../db/report-queries.ts';
import { damageSummary, monthlyStatistics } from '../db/statistics-queries.ts';
import { reportClock } from '../domain/deadline-rules.ts';
import { customerServiceDepartment, numberPrefixes, reviewPolicy, workPolicy } from '../domain/work-order-policy.ts';

export const monthlyReportTimer = 'monthly-report';

/** When the month that an instant belongs to is over: the first of the next, 00:00 in the community's zone. */
export const endOfMonth = (at: Date, zone: string): Date => monthRange(monthOf(at, zone), zone).to;

/** Timer: puts the figures of the month that has just ended on record (A074, A244, B015) and sets itself for the next. */
export async function issueMonthlyReport(tx: Tx, due: DueTimer): Promise<void> {
  const community = await communityReference(tx, due.communityId ?? '');
  if (community === null || community.status === 'LEFT') return;
  const { id: communityId, timeZone: zone } = community;
  await schedule(tx, { kind: monthlyReportTimer, communityId, dueAt: endOfMonth(due.dueAt, zone) });
  const month = monthOf(new Date(due.dueAt.getTime() - 1), zone);
  if (await isIssued(tx, communityId, month)) return;
  const statistics = await monthlyStatistics(tx, { communityId, month, zone });
  const damages = await damageSummary(tx, { communityId, month, zone });
  const number = await nextNumber(tx, communityId, numberPrefixes.report, zone);
  const fresh = {
    id: newId(),
    communityId,
    number,
    status: 'ISSUED' as const,
    month,
    statistics,
    damages,
    checkedAt: null,
  };
  const note = { action: 'issueMonthlyReport', rule: 'A244' };
  const report = await insertAggregate(tx, workOrderMonthlyReportAggregate, fresh, note);
  const { completedCount, completedInTimeCount, timelinessRate } = statistics;
  const figures = { completedCount, completedInTimeCount, timelinessRate };
  publish(tx, report, workOrderMonthlyReportIssued, { reportId: report.id, month, ...figures });
  const review = await resolvePolicy(tx, reviewPolicy, communityId);
  const work = await resolvePolicy(tx, workPolicy, communityId);
  await startClocks(tx, workOrderMonthlyReportAggregate, report, [reportClock(review, work)], zone);
  for (const departmentCode of ['MAINTENANCE', customerServiceDepartment]) {
    const to = { role: 'supervisor', departmentCode } as const;
    const params = { number, month, damages: damages.length };
    await notify(tx, { communityId, to, template: 'workOrderMonthlyReportIssued', params, aggregateId: report.id });
  }
}
