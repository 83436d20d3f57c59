import { addDays, startOfLocalDay } from '@steward/core';
import type { Tx } from '@steward/db';
import { dormitoryStayEvents } from '@steward/events';
import {
  lockAggregate,
  lockAggregates,
  notify,
  resolvePolicy,
  saveAndTell,
  startDeadline,
  zoneOf,
} from '@steward/service-kit';

import { appraisalAggregate, dormitoryStayAggregate } from '../db/conduct-aggregates.ts';
import { runningStayOf } from '../db/dormitory-queries.ts';
import { dutiesOfStaff } from '../db/duty-report-queries.ts';
import { openConductOf } from '../db/leaver-queries.ts';
import { stayFact } from '../domain/conduct-facts.ts';
import { conductPolicy } from '../domain/conduct-policy.ts';
import { callOff } from './assess-appraisal.ts';
import { skipChecks } from './open-staff-check-round.ts';
import { moveOutClock } from './start-dormitory-stay.ts';

/** What somebody who leaves leaves behind: checks and appraisals to call off, a bed to clear, reports to give away. */
export async function closeConductOfLeaver(tx: Tx, staffId: string, leftOn: string): Promise<void> {
  const { checks, appraisals } = await openConductOf(tx, staffId);
  await skipChecks(tx, checks, 'STAFF_LEFT');
  for (const row of (await lockAggregates(tx, appraisalAggregate, appraisals)).values()) {
    if (row.status === 'OPEN' || row.status === 'SELF_ASSESSED') await callOff(tx, row, 'STAFF_LEFT');
  }
  const stayId = await runningStayOf(tx, staffId);
  if (stayId !== null) await askToMoveOut(tx, stayId, leftOn);
  for (const { communityId, number, id: aggregateId } of await dutiesOfStaff(tx, staffId)) {
    const to = { role: 'supervisor' } as const;
    await notify(tx, { communityId, to, template: 'reportDutyOrphaned', params: { number }, aggregateId });
  }
}

/** The bed is cleared some days after the last day of employment (B007). */
async function askToMoveOut(tx: Tx, stayId: string, leftOn: string): Promise<void> {
  const stay = await lockAggregate(tx, dormitoryStayAggregate, stayId);
  const { communityId, number } = stay;
  const zone = await zoneOf(tx, communityId);
  const { moveOutDays } = await resolvePolicy(tx, conductPolicy, communityId);
  const note = { action: 'recordStaffLeaving', rule: 'B007' };
  const told = [dormitoryStayEvents['move-out-asked'], stayFact] as const;
  const saved = await saveAndTell(tx, dormitoryStayAggregate, { before: stay, after: stay, note }, told);
  const to = { role: 'administrativeSupervisor' } as const;
  // The first day without employment does not count.
  const dueAt = startOfLocalDay(addDays(leftOn, moveOutDays + 1), zone);
  const escalations = [
    { afterShare: 1, to },
    { afterShare: 2, to: { role: 'director' } as const },
  ];
  const clock = { kind: moveOutClock, rule: 'B007', span: { dueAt }, escalations };
  await startDeadline(tx, dormitoryStayAggregate, saved, clock, { zone });
  await notify(tx, { communityId, to, template: 'moveOutAsked', params: { number }, aggregateId: saved.id });
}
