import { DomainError, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { dutyReportEvents, reportDutyEvents } from '@steward/events';
import {
  authorize,
  cancelDeadlines,
  insertAndTell,
  lockAggregates,
  lockAuthorized,
  managedCommunity,
  nextNumber,
  notify,
  publish,
  saveAggregates,
  saveAndTell,
} from '@steward/service-kit';

import { dutyReportAggregate, reportDutyAggregate } from '../db/conduct-aggregates.ts';
import { owedReports } from '../db/duty-report-queries.ts';
import { reportDutyFact, reportFact } from '../domain/conduct-facts.ts';
import { conductPrefixes } from '../domain/conduct-policy.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { reportDutyViolations } from '../domain/report-duty-rules.ts';
import type { ReassignReportDutyInput, RegisterReportDutyInput, RetireReportDutyInput } from '../graphql/generated.ts';
import { startConductDays } from './conduct-day.ts';
import { requireStaffHere } from './open-staff-check.ts';

const rule = 'B051';

/** Somebody reports for each week, month or quarter, by so many days after it (B051). */
export async function registerReportDuty(tx: Tx, input: RegisterReportDutyInput): Promise<{ id: string }> {
  const { communityId, frequency, dueDay, staffId } = input;
  await authorize(tx, { communityId });
  const community = await managedCommunity(tx, communityId);
  refuseAll(reportDutyViolations(input));
  await requireStaffHere(tx, community, staffId);
  const number = await nextNumber(tx, communityId, conductPrefixes.duty, community.timeZone);
  const terms = { name: input.name.trim(), frequency, dueDay, staffId };
  const fresh = { id: newId(), communityId, number, ...terms, status: 'ACTIVE' as const };
  const told = [reportDutyEvents.registered, reportDutyFact] as const;
  const { id } = await insertAndTell(tx, reportDutyAggregate, fresh, { action: 'registerReportDuty', rule }, told);
  await startConductDays(tx, communityId, community.timeZone);
  return { id };
}

/** Somebody else reports from now on, and hands in what is owed. */
export async function reassignReportDuty(tx: Tx, input: ReassignReportDutyInput): Promise<{ id: string }> {
  const { staffId } = input;
  const duty = await lockAuthorized(tx, reportDutyAggregate, input);
  const moved = moveBy(duty, 'reassignReportDuty', 'ACTIVE');
  if (duty.staffId === staffId) throw new DomainError('CONFLICT', 'NOTHING_CHANGED', { path: 'input.staffId', rule });
  const { communityId, id: aggregateId, number } = duty;
  await requireStaffHere(tx, await managedCommunity(tx, communityId), staffId);
  const note = { action: 'reassignReportDuty', rule };
  const told = [reportDutyEvents.reassigned, reportDutyFact] as const;
  await saveAndTell(tx, reportDutyAggregate, { before: duty, after: { ...moved, staffId }, note }, told);
  const owed = await lockAggregates(tx, dutyReportAggregate, await owedReports(tx, duty.id));
  const pairs = [...owed.values()].map((before) => ({ before, after: { ...before, staffId } }));
  for (const report of await saveAggregates(tx, dutyReportAggregate, pairs, note)) {
    publish(tx, report, dutyReportEvents.reassigned, reportFact(report));
  }
  await notify(tx, { communityId, to: { staffId }, template: 'reportDutyGiven', params: { number }, aggregateId });
  return { id: duty.id };
}

/** No report is asked for any more; what is owed is let go. */
export async function retireReportDuty(tx: Tx, input: RetireReportDutyInput): Promise<{ id: string }> {
  const duty = await lockAuthorized(tx, reportDutyAggregate, input);
  const retired = moveBy(duty, 'retireReportDuty', 'RETIRED');
  const note = { action: 'retireReportDuty', rule };
  const told = [reportDutyEvents.retired, reportDutyFact] as const;
  await saveAndTell(tx, reportDutyAggregate, { before: duty, after: retired, note }, told);
  const owed = await lockAggregates(tx, dutyReportAggregate, await owedReports(tx, duty.id));
  const pairs = [...owed.values()].map((before) => ({ before, after: { ...before, status: 'DROPPED' as const } }));
  for (const report of await saveAggregates(tx, dutyReportAggregate, pairs, note)) {
    publish(tx, report, dutyReportEvents.dropped, reportFact(report));
    await cancelDeadlines(tx, report);
  }
  return { id: duty.id };
}
