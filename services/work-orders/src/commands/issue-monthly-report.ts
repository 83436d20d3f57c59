import { monthOf, monthRange, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { workOrderMonthlyReportIssued } from '@steward/events';
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

import { workOrderMonthlyReportAggregate } from '../db/aggregates.ts';
import { isIssued } from '../db/report-queries.ts';
import { monthlyStatistics } from '../db/statistics-queries.ts';
import { reportClock } from '../domain/deadline-rules.ts';
import type { CommunityReference } from '../domain/references.ts';
import { addHours } from '../domain/time-rules.ts';
import { customerServiceDepartment, numberPrefixes, reviewPolicy, workPolicy } from '../domain/work-order-policy.ts';
import { summarizeDamages } from './summarize-damages.ts';

export const monthlyReportTimer = 'monthly-report';

type Month = { month: string };
type Place = Pick<CommunityReference, 'id' | 'timeZone'>;

/** The timer of a month's report, at the time from which nothing more can be recorded for that month. */
export async function reportTimer(tx: Tx, { id: communityId, timeZone }: Place, { month }: Month) {
  const { backdatingHours } = await resolvePolicy(tx, workPolicy, communityId);
  const dueAt = addHours(monthRange(month, timeZone).to, backdatingHours);
  return { kind: monthlyReportTimer, communityId, dueAt, payload: { month } };
}

/** Timer: puts the figures of a month that is over on record (A074, A244, B015) and sets itself for the next. */
export async function issueMonthlyReport(tx: Tx, due: DueTimer<Partial<Month>>): Promise<void> {
  const community = await communityOfTimer(tx, due);
  if (community === null) return;
  const { id: communityId, timeZone: zone } = community;
  // A timer without a month comes from before months were named, and was due at the end of its own.
  const { month = monthOf(new Date(due.dueAt.getTime() - 1), zone) } = due.payload;
  const timer = await reportTimer(tx, community, { month });
  // The figure may have grown since the timer was set.
  if (timer.dueAt > txScope(tx).now) return void (await schedule(tx, timer));
  const next = monthOf(monthRange(month, zone).to, zone);
  await schedule(tx, await reportTimer(tx, community, { month: next }));
  if (await isIssued(tx, communityId, month)) return;
  const statistics = await monthlyStatistics(tx, { communityId, month, zone });
  const damages = await summarizeDamages(tx, { communityId, month, zone });
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
  await startDeadlines(tx, workOrderMonthlyReportAggregate, report, [reportClock(review, work)], zone);
  for (const departmentCode of ['MAINTENANCE', customerServiceDepartment]) {
    const to = { role: 'supervisor', departmentCode } as const;
    const params = { number, month, damages: damages.length };
    await notify(tx, { communityId, to, template: 'workOrderMonthlyReportIssued', params, aggregateId: report.id });
  }
}
