import { addDays, localDate, nextMidnight, startOfLocalDay } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { recurringProblemFound } from '@steward/events';
import {
  communityOfTimer,
  insertAggregates,
  nextNumbers,
  notify,
  publish,
  resolvePolicy,
  schedule,
  startDeadlines,
  type DueTimer,
} from '@steward/service-kit';

import { recurringProblemAggregate } from '../db/aggregates.ts';
import { findRecurrences, linkComplaints, newProblem } from '../db/analysis-queries.ts';
import { problemFact } from '../domain/complaint-facts.ts';
import { analysisPolicy, customerServiceDepartment, limitPolicy, numberPrefixes } from '../domain/complaint-policy.ts';
import { planClock } from '../domain/deadline-rules.ts';

export const recurrenceTimer = 'recurring-problem-search';

/** Timer: finds what came again and again in the days of the policy (A038), and sets itself for the next day. */
export async function searchRecurringProblems(tx: Tx, due: DueTimer): Promise<void> {
  const community = await communityOfTimer(tx, due);
  if (community === null) return;
  const { id: communityId, timeZone: zone } = community;
  await schedule(tx, { kind: recurrenceTimer, communityId, dueAt: nextMidnight(due.dueAt, zone) });
  const analysis = await resolvePolicy(tx, analysisPolicy, communityId);
  const from = startOfLocalDay(addDays(localDate(due.dueAt, zone), -analysis.recurrenceWindowDays), zone);
  const window = { communityId, from, to: due.dueAt, atLeast: analysis.recurrenceCount };
  const found = await findRecurrences(tx, window);
  if (found.length === 0) return;
  const numbering = { communityId, prefix: numberPrefixes.problem, zone, count: found.length };
  const numbers = await nextNumbers(tx, numbering);
  const { now: foundAt } = txScope(tx);
  const fresh = found.map((one, index) => newProblem(one, { communityId, number: numbers[index] ?? '', foundAt }));
  const note = { action: 'searchRecurringProblems', rule: 'A038' };
  const problems = await insertAggregates(tx, recurringProblemAggregate, fresh, note);
  const clock = planClock(analysis, await resolvePolicy(tx, limitPolicy, communityId));
  for (const [index, problem] of problems.entries()) {
    const complaintIds = found[index]?.complaintIds ?? [];
    await linkComplaints(tx, problem.id, complaintIds);
    publish(tx, problem, recurringProblemFound, { ...problemFact(problem), complaintIds, round: problem.round });
    await startDeadlines(tx, recurringProblemAggregate, problem, [clock], zone);
    const to = { role: 'supervisor', departmentCode: customerServiceDepartment } as const;
    const params = { number: problem.number, complaints: complaintIds.length };
    await notify(tx, { communityId, to, template: 'recurringProblemFound', params, aggregateId: problem.id });
  }
}
