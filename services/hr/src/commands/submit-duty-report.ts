import { DomainError, localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { dutyReportEvents, type EventDefinition } from '@steward/events';
import { lockAuthorized, meetDeadline, notify, saveAndTell, seal, zoneOf } from '@steward/service-kit';

import { dutyReportAggregate } from '../db/conduct-aggregates.ts';
import { reportFact } from '../domain/conduct-facts.ts';
import type { DutyReport } from '../domain/conduct.ts';
import { moveBy, requireReason, type DutyAction } from '../domain/duty-transition-rules.ts';
import { requireSomebodyElse } from '../domain/leave-rules.ts';
import type { AcceptDutyReportInput, ReturnDutyReportInput, SubmitDutyReportInput } from '../graphql/generated.ts';
import { reportClock } from './open-duty-report.ts';
import { viewerStaffId } from './open-staff-check.ts';

const rule = 'B051';

type Step = {
  action: DutyAction;
  status: DutyReport['status'];
  fact: EventDefinition<ReturnType<typeof reportFact>>;
  changes?: Partial<DutyReport>;
  reason?: string;
};

async function step(tx: Tx, report: DutyReport, { action, status, fact, changes, reason }: Step): Promise<DutyReport> {
  const after = { ...moveBy(report, action, status), ...changes };
  const note = { action, rule, ...(reason === undefined ? {} : { reason }) };
  return saveAndTell(tx, dutyReportAggregate, { before: report, after, note }, [fact, reportFact]);
}

/** Hands a report in; whether it was in time is judged by the first time (B051). */
export async function submitDutyReport(tx: Tx, input: SubmitDutyReportInput): Promise<{ id: string }> {
  const { now } = txScope(tx);
  const report = await lockAuthorized(tx, dutyReportAggregate, input);
  const summary = input.summary.trim();
  if (summary === '') throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path: 'input.summary', rule });
  const { communityId, number, id: aggregateId, dueOn } = report;
  const isFirst = report.submittedAt === null;
  const isOnTime = isFirst ? localDate(now, await zoneOf(tx, communityId)) <= dueOn : report.isOnTime;
  const changes = { summarySealed: seal(tx, summary), submittedAt: report.submittedAt ?? now, isOnTime };
  const fact = dutyReportEvents.submitted;
  const saved = await step(tx, report, { action: 'submitDutyReport', status: 'SUBMITTED', fact, changes });
  await meetDeadline(tx, saved, reportClock);
  const to = { role: 'supervisor' } as const;
  await notify(tx, { communityId, to, template: 'dutyReportSubmitted', params: { number }, aggregateId });
  return { id: saved.id };
}

export async function returnDutyReport(tx: Tx, input: ReturnDutyReportInput): Promise<{ id: string }> {
  const report = await lockAuthorized(tx, dutyReportAggregate, input);
  requireSomebodyElse(report.staffId, viewerStaffId(tx), rule);
  const reason = requireReason(input.reason);
  const fact = dutyReportEvents.returned;
  const saved = await step(tx, report, { action: 'returnDutyReport', status: 'RETURNED', fact, reason });
  const { communityId, number, id: aggregateId, staffId } = saved;
  await notify(tx, { communityId, to: { staffId }, template: 'dutyReportReturned', params: { number }, aggregateId });
  return { id: saved.id };
}

export async function acceptDutyReport(tx: Tx, input: AcceptDutyReportInput): Promise<{ id: string }> {
  const report = await lockAuthorized(tx, dutyReportAggregate, input);
  requireSomebodyElse(report.staffId, viewerStaffId(tx), rule);
  const fact = dutyReportEvents.accepted;
  return { id: (await step(tx, report, { action: 'acceptDutyReport', status: 'ACCEPTED', fact })).id };
}
