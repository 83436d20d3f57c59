import { txScope, type Tx } from '@steward/db';
import { recurringProblemEffectChecked, recurringProblemFound } from '@steward/events';
import {
  lockAggregate,
  notify,
  publish,
  resolvePolicy,
  saveAggregate,
  startDeadlines,
  zoneOf,
  type DueTimer,
} from '@steward/service-kit';

import { recurringProblemAggregate } from '../db/aggregates.ts';
import { complaintsSince, linkComplaints } from '../db/analysis-queries.ts';
import { problemFact } from '../domain/complaint-facts.ts';
import { analysisPolicy, customerServiceDepartment, limitPolicy } from '../domain/complaint-policy.ts';
import { planClock } from '../domain/deadline-rules.ts';
import { checkEffect } from '../domain/recurrence-rules.ts';
import type { RecurringProblem } from '../domain/recurring-problem.ts';

export const effectCheckTimer = 'recurring-problem-effect-check';

/** Timer: counts whether the problem has come again since its prevention; if so, it is found anew (A038). */
export async function checkRecurringProblemEffect(tx: Tx, due: DueTimer): Promise<void> {
  const problem = await lockAggregate(tx, recurringProblemAggregate, due.aggregateId ?? '');
  const { plannedAt } = problem;
  if (problem.status !== 'PREVENTING' || plannedAt === null) return;
  const analysis = await resolvePolicy(tx, analysisPolicy, problem.communityId);
  const complaintIds = await complaintsSince(tx, problem, plannedAt);
  const checked = checkEffect(problem, complaintIds.length, txScope(tx).now, analysis);
  const isEffective = checked.status === 'EFFECTIVE';
  const note = { action: 'checkRecurringProblemEffect', reasonCode: checked.status, rule: 'A038' };
  const saved = await saveAggregate(tx, recurringProblemAggregate, problem, checked, note);
  const data = { ...problemFact(saved), recurrenceCount: complaintIds.length, isEffective };
  publish(tx, saved, recurringProblemEffectChecked, data);
  if (!isEffective) await findAgain(tx, saved, complaintIds);
  await tellOwner(tx, saved, isEffective ? 'preventionEffective' : 'preventionIneffective');
}

/** What has come all the same belongs to the problem; it needs another plan, and the director knows. */
async function findAgain(tx: Tx, problem: RecurringProblem, complaintIds: readonly string[]): Promise<void> {
  await linkComplaints(tx, problem.id, complaintIds);
  const data = { ...problemFact(problem), complaintIds: [...complaintIds], round: problem.round };
  publish(tx, problem, recurringProblemFound, data);
  const { communityId, number } = problem;
  const analysis = await resolvePolicy(tx, analysisPolicy, communityId);
  const clock = planClock(analysis, await resolvePolicy(tx, limitPolicy, communityId));
  await startDeadlines(tx, recurringProblemAggregate, problem, [clock], await zoneOf(tx, communityId));
  const to = { role: 'director' } as const;
  const params = { number };
  await notify(tx, { communityId, to, template: 'preventionIneffective', params, aggregateId: problem.id });
}

async function tellOwner(tx: Tx, problem: RecurringProblem, template: string): Promise<void> {
  const { ownerId, communityId, number, id } = problem;
  const desk = { role: 'supervisor', departmentCode: customerServiceDepartment } as const;
  const to = ownerId === null ? desk : { staffId: ownerId };
  await notify(tx, { communityId, to, template, params: { number }, aggregateId: id });
}
