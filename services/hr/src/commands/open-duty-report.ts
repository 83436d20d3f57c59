import { endOfLocalDay, newId } from '@steward/core';
import type { Tx } from '@steward/db';
import { dutyReportEvents } from '@steward/events';
import { insertAndTell, nextNumber, notify, startDeadline, type CommunityReference } from '@steward/service-kit';

import { dutyReportAggregate } from '../db/conduct-aggregates.ts';
import { dutiesInForce, isOpened } from '../db/duty-report-queries.ts';
import { reportFact } from '../domain/conduct-facts.ts';
import { conductPrefixes } from '../domain/conduct-policy.ts';
import type { ReportDuty } from '../domain/conduct.ts';
import { dueOnOf, periodEndedBefore } from '../domain/report-duty-rules.ts';

const rule = 'B051';

export const reportClock = 'REPORT';

/** Timer's part: the report of every period that ended with the day before falls due. */
export async function openDutyReports(tx: Tx, community: CommunityReference, day: string): Promise<void> {
  for (const duty of await dutiesInForce(tx, community.id)) {
    const startsOn = periodEndedBefore(day, duty.frequency);
    if (startsOn === null || (await isOpened(tx, duty.id, startsOn))) continue;
    await openDutyReport(tx, community, duty, { startsOn, endsOn: day });
  }
}

async function openDutyReport(
  tx: Tx,
  { id: communityId, timeZone: zone }: CommunityReference,
  { id: dutyId, staffId, dueDay }: ReportDuty,
  { startsOn, endsOn }: { startsOn: string; endsOn: string },
): Promise<void> {
  const number = await nextNumber(tx, communityId, conductPrefixes.report, zone);
  const dueOn = dueOnOf(endsOn, dueDay);
  const owed = { status: 'DUE' as const, summarySealed: null, submittedAt: null, isOnTime: null };
  const fresh = { id: newId(), communityId, number, dutyId, staffId, startsOn, endsOn, dueOn, ...owed };
  const told = [dutyReportEvents.opened, reportFact] as const;
  const report = await insertAndTell(tx, dutyReportAggregate, fresh, { action: 'openDutyReport', rule }, told);
  const escalations = [
    { afterShare: 1, to: { role: 'supervisor' } as const },
    { afterShare: 2, to: { role: 'director' } as const },
  ];
  const span = { dueAt: endOfLocalDay(dueOn, zone) };
  // Whoever reports is reminded before it is too late.
  const clock = { kind: reportClock, rule, span, warnShare: 0.8, warnTo: { staffId }, escalations };
  await startDeadline(tx, dutyReportAggregate, report, clock, { zone });
  const { id: aggregateId } = report;
  await notify(tx, { communityId, to: { staffId }, template: 'dutyReportDue', params: { number, dueOn }, aggregateId });
}
