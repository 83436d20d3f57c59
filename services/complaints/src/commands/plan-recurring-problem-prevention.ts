import { deadlineAfter, localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { recurringProblemPreventionPlanned } from '@steward/events';
import {
  lockAuthorized,
  meetDeadline,
  notify,
  publish,
  resolvePolicy,
  saveAggregate,
  schedule,
  seal,
  findColleague,
  zoneOf,
} from '@steward/service-kit';

import { recurringProblemAggregate } from '../db/aggregates.ts';
import { addedCodes, departmentsOf } from '../db/catalog-queries.ts';
import { catalogOf } from '../domain/complaint-catalog.ts';
import { problemFact } from '../domain/complaint-facts.ts';
import { analysisPolicy } from '../domain/complaint-policy.ts';
import { planPrevention } from '../domain/recurrence-rules.ts';
import type { PlanRecurringProblemPreventionInput } from '../graphql/generated.ts';
import { effectCheckTimer } from './check-recurring-problem-effect.ts';

export async function planRecurringProblemPrevention(
  tx: Tx,
  input: PlanRecurringProblemPreventionInput,
): Promise<{ id: string }> {
  const problem = await lockAuthorized(tx, recurringProblemAggregate, input);
  const { communityId } = problem;
  const { now } = txScope(tx);
  const zone = await zoneOf(tx, communityId);
  const { effectCheckDays } = await resolvePolicy(tx, analysisPolicy, communityId);
  const checkAt = deadlineAfter(now, { amount: effectCheckDays, unit: 'day' }, zone);
  const planned = planPrevention(problem, {
    ...input,
    owner: await findColleague(tx, input.ownerId),
    departments: await departmentsOf(tx, communityId, catalogOf(await addedCodes(tx, communityId))),
    day: localDate(now, zone),
    now,
    checkAt,
  });
  const words = { causeSealed: seal(tx, input.cause.trim()), preventionSealed: seal(tx, input.prevention.trim()) };
  const note = { action: 'planRecurringProblemPrevention', rule: 'A038' };
  const saved = await saveAggregate(tx, recurringProblemAggregate, problem, { ...planned, ...words }, note);
  const { departmentCodes } = saved;
  const { ownerId } = input;
  const data = { ...problemFact(saved), departmentCodes, ownerId, checkAt: checkAt.toISOString() };
  publish(tx, saved, recurringProblemPreventionPlanned, data);
  await meetDeadline(tx, saved, 'PREVENTION_PLAN');
  await schedule(tx, { kind: effectCheckTimer, aggregateId: saved.id, communityId, dueAt: checkAt });
  const params = { number: saved.number };
  const aggregateId = saved.id;
  await notify(tx, { communityId, to: { staffId: ownerId }, template: 'preventionPlanned', params, aggregateId });
  return { id: saved.id };
}
