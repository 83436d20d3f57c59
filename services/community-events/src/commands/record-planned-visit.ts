import { DomainError, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { visitPlanVisitRecorded } from '@steward/events';
import { lockAuthorized, meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { visitPlanAggregate } from '../db/survey-aggregates.ts';
import { recordVisit } from '../db/survey-queries.ts';
import type { RecordPlannedVisitInput } from '../graphql/generated.ts';

/** What a household said when it was visited (A101). */
export async function recordPlannedVisit(tx: Tx, input: RecordPlannedVisitInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, visitPlanAggregate, input);
  const { householdId, opinion } = input;
  const rule = 'A101';
  if (opinion.trim() === '') refuseAll([{ path: 'input.opinion', reason: 'TEXT_REQUIRED', rule }]);
  if (!(await recordVisit(tx, before.id, householdId, opinion))) {
    throw new DomainError('CONFLICT', 'VISIT_NOT_OPEN', { rule });
  }
  const openVisitCount = before.openVisitCount - 1;
  const note = { action: 'recordPlannedVisit', rule };
  const saved = await saveAggregate(tx, visitPlanAggregate, before, { ...before, openVisitCount }, note);
  const visitedAt = txScope(tx).now.toISOString();
  publish(tx, saved, visitPlanVisitRecorded, { planId: saved.id, householdId, visitedAt, openVisitCount });
  if (openVisitCount === 0) await meetDeadline(tx, saved, 'VISITS');
  return { id: saved.id };
}
