import { txScope, type Tx } from '@steward/db';
import { complaintRegraded } from '@steward/events';
import { invocationOf, lockAuthorized, resolvePolicy, saveAndTell, startDeadlines, zoneOf } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { cancelClocks, dueAtOf } from '../db/clocks.ts';
import { insertRemark } from '../db/complaint-queries.ts';
import { tellDirector, tellHandler, tellSupervisor } from '../db/notices.ts';
import { requireReason } from '../domain/after-handling-rules.ts';
import { authorityPolicy, limitPolicy } from '../domain/complaint-policy.ts';
import { clocksOfGrade, clocksOfRegrading, solutionClock } from '../domain/deadline-rules.ts';
import { hasAuthority, isBelow, regrade } from '../domain/grading-rules.ts';
import type { RegradeComplaintInput } from '../graphql/generated.ts';

export async function regradeComplaint(tx: Tx, input: RegradeComplaintInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  const { communityId, receivedAt } = complaint;
  const { gradeLoweringRoles } = await resolvePolicy(tx, authorityPolicy, communityId);
  const mayLower = hasAuthority(invocationOf(tx).viewer.roles, gradeLoweringRoles);
  const regraded = regrade(complaint, { grade: input.grade, effects: input.effects ?? complaint.effects, mayLower });
  requireReason(input.reason, 'A095');
  const figures = await resolvePolicy(tx, limitPolicy, communityId);
  const { now } = txScope(tx);
  const zone = await zoneOf(tx, communityId);
  // A lower grade counts from the reception: nobody gains time by it.
  const startedAt = isBelow(input.grade, complaint.grade) ? receivedAt : now;
  const after = { ...regraded, dueAt: dueAtOf(solutionClock(regraded, startedAt, figures), now, zone) };
  const note = { action: 'regradeComplaint', reasonCode: input.grade, rule: 'A095' };
  const data = { complaintId: complaint.id, grade: input.grade, formerGrade: complaint.grade };
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after, note }, [
    complaintRegraded,
    () => data,
  ]);
  await insertRemark(tx, saved.id, 'regradeComplaint', input.reason);
  await cancelClocks(tx, saved, clocksOfGrade);
  await startDeadlines(tx, complaintAggregate, saved, clocksOfRegrading(saved, startedAt, figures), zone);
  await tellSupervisor(tx, saved, 'complaintRegraded');
  await tellHandler(tx, saved, 'complaintRegraded');
  if (saved.grade === 'MAJOR') await tellDirector(tx, saved, 'complaintMajor');
  return { id: saved.id };
}
